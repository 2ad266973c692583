/**
 * Small tools of the JDK's kind that every package of the inside may use: argument checks, the system clock, field
 * handles. A class belongs here only if it could stand in another library without a change. It imports
 * {@code dev.pando.spi} and nothing else of ours.
 */
package dev.pando.internal.util;
