/**
 * Tools that a property of the command line opens for every pool of a program: {@code -Dpando.dashboard=on},
 * {@code -Dpando.trace=FILE}. Without a property no class of this room is loaded. Start reading at {@code PoolTools}.
 */
package dev.pando.internal.tool;
