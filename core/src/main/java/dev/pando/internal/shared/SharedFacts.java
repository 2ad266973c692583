package dev.pando.internal.shared;

/**
 * One construct at one moment, for a tool.
 *
 * @param size -1: it has none, here and in {@code bound}
 * @param waiting how many callers wait at it
 */
public record SharedFacts(String kind, long number, long size, long bound, int waiting) {}
