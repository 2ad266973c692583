package dev.pando.spi;

/**
 * What an engine knows of one node.
 *
 * @param name what the node calls itself
 * @param isLeaving whether it takes no task any more, and ends those that it has
 * @param workers what its tasks run on, in words
 * @param slots how many tasks it runs at once
 * @param tasks how many tasks of the asking pool it has
 * @param running how many tasks it runs, of all programs; -1 if it has not said so
 * @param waiting how many tasks wait there, of all programs; -1 if it has not said so
 * @param version what it runs, in words; empty if it has not said so
 * @param ageNanos how long ago it was started; -1 if it has not said so
 */
public record NodeFacts(
        String name,
        boolean isLeaving,
        String workers,
        int slots,
        int tasks,
        int running,
        int waiting,
        String version,
        long ageNanos) {}
