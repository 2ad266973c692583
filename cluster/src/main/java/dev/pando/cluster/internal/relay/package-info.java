/**
 * What runs in the workers of a node: a program's task is unpacked there, by classes that come from the program. Start
 * reading at {@code RelayedTask}.
 */
package dev.pando.cluster.internal.relay;
