package dev.pando.cluster.internal.node;

import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node's tasks run on, as written on the command line.
 *
 * @param typed {@code processes:4}
 */
public record PoolSpec(String typed, String kind, int count) {
    private static final Pattern FORM = Pattern.compile("(processes|threads|virtual):([1-9][0-9]{0,4})");

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException it is none
     */
    public static PoolSpec parse(String typed) {
        Matcher form = FORM.matcher(typed);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + typed + "' is no pool for a node: take processes:4, threads:8 or virtual:100");
        }
        return new PoolSpec(typed, form.group(1), Integer.parseInt(form.group(2)));
    }

    /** Returns such workers. */
    public Backend backend() {
        return switch (kind) {
            case "threads" -> Threads.of(count);
            case "virtual" -> Virtual.atMost(count);
            default -> Processes.of(count);
        };
    }
}
