package dev.pando.lab.result;

/**
 * Something that is true on every machine, however fast or busy. One that is not true fails the lab.
 *
 * @param claim what is said to be true, in words
 */
public record Fact(String claim, boolean holds) {}
