package dev.pando.internal.codec.message;

/** Something that is not copied into a message: a {@link MemoryHandle} goes in its place. */
public interface Shareable {}
