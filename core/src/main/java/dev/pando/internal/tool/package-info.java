/**
 * Tools that a property of the command line opens for every pool of a program: {@code -Dpando.dashboard=on}. Without
 * the property no class of this room is loaded. Start reading at {@code PoolTools}.
 */
package dev.pando.internal.tool;
