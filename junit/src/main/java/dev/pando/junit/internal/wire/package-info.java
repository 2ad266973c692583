/** What goes between the program and its workers: a unit there, events back. Values only; imports nothing of ours. */
package dev.pando.junit.internal.wire;
