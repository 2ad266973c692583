/**
 * What a message is made of beside plain values: packed work, the numbers of class loaders, and the loader that has
 * none, handles of shared memory, an exception as bytes. Data and small tables, without a thread. Start reading at
 * {@code PackedWork}.
 */
package dev.pando.internal.codec.message;
