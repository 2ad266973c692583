package dev.pando;

import dev.pando.internal.util.Checks;

/**
 * How an actor is kept. Immutable.
 *
 * @param name what it is called, in messages
 * @param restarts how often its factory may make another object, after one was lost
 * @param isDedicated whether it has a worker beside those of the pool
 */
public record ActorOptions(String name, int restarts, boolean isDedicated) {

    /** No restarts, in a worker of the pool. */
    public static final ActorOptions DEFAULT = new ActorOptions("actor", 0, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException the name is blank, or the number is negative
     */
    public ActorOptions {
        Checks.notBlank(name, "name");
        Checks.notNegative(restarts, "restarts");
    }

    /** Returns these options with another name. */
    public ActorOptions named(String name) {
        return new ActorOptions(name, restarts, isDedicated);
    }

    /** Returns these options with so many restarts. */
    public ActorOptions restarts(int restarts) {
        return new ActorOptions(name, restarts, isDedicated);
    }

    /** Returns these options for a worker beside those of the pool. */
    public ActorOptions dedicated() {
        return new ActorOptions(name, restarts, true);
    }
}
