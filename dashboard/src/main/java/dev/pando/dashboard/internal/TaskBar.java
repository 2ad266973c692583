package dev.pando.dashboard.internal;

/**
 * An ended task in the task stream. Moments are microseconds since 1970.
 *
 * @param number counted up in the order of the ends, over all pools
 * @param pool which pool, counted from 0
 * @param worker empty if no worker had begun it
 * @param name without the number of the task
 * @param outcome one letter: s, f or c
 */
record TaskBar(long number, int pool, String worker, String name, long task, long start, long end, char outcome) {}
