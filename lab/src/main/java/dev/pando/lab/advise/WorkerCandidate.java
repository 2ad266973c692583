package dev.pando.lab.advise;

import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;

/** A number of workers of a kind. The number means nothing where the kind has none. */
public record WorkerCandidate(WorkerKind workerKind, int workers) {

    Backend backend() {
        return switch (workerKind) {
            case CALLER -> Caller.inline();
            case VIRTUAL -> Virtual.unlimited();
            case THREADS -> Threads.of(workers);
            case PROCESSES -> Processes.of(workers).output(Output.discard());
        };
    }

    /** Returns the candidate as Java source. */
    public String code() {
        return switch (workerKind) {
            case CALLER -> "Caller.inline()";
            case VIRTUAL -> "Virtual.unlimited()";
            case THREADS -> "Threads.of(" + workers + ")";
            case PROCESSES -> "Processes.of(" + workers + ")";
        };
    }
}
