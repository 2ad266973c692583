/**
 * Work that was typed in jshell: its variables are static fields of classes that no worker has, so they travel with the
 * work. No thread. Start reading at {@code JShellPacking}.
 */
package dev.pando.internal.codec.jshell;
