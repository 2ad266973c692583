package dev.pando.local;

import dev.pando.internal.codec.Codec;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;

/**
 * The thread that submits runs the task, before {@code submit} returns: for debugging, where a stack that leads from
 * the caller into the task is worth more than speed. Any number of threads may submit at once; each runs its own.
 */
public final class Caller implements Backend {
    private final boolean serializing;

    private Caller(boolean serializing) {
        this.serializing = serializing;
    }

    /** Runs the task as it is. */
    public static Caller inline() {
        return new Caller(false);
    }

    /** Sends the task and its result through the codec first, and so refuses what a pool of processes would refuse. */
    public static Caller serializing() {
        return new Caller(true);
    }

    @Override
    public Engine start(Host host) {
        return serializing ? new SerializingEngine(host, new Codec()) : new CallerEngine(host);
    }

    @Override
    public String toString() {
        return serializing ? "Caller.serializing()" : "Caller.inline()";
    }
}
