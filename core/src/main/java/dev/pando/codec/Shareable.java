package dev.pando.codec;

/** Something that is not copied into a message: a {@link Handle} goes in its place. */
public interface Shareable {}
