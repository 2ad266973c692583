package dev.pando.lab.advise;

import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;

/** So many workers of a kind. Without a number where the kind has none. */
public record Candidate(Kind kind, int workers) {

    Backend backend() {
        return switch (kind) {
            case CALLER -> Caller.inline();
            case VIRTUAL -> Virtual.unlimited();
            case THREADS -> Threads.of(workers);
            case PROCESSES -> Processes.of(workers).output(Output.discard());
        };
    }

    /** As it is written in a program. */
    public String code() {
        return switch (kind) {
            case CALLER -> "Caller.inline()";
            case VIRTUAL -> "Virtual.unlimited()";
            case THREADS -> "Threads.of(" + workers + ")";
            case PROCESSES -> "Processes.of(" + workers + ")";
        };
    }
}
