package dev.pando.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** All that can be said of {@link Processes}. Written only while a copy is being made, read by everybody afterwards. */
final class Settings {
    private static final long SECOND = 1_000_000_000L;

    final int count;

    /** What a person would have typed. */
    final StringBuilder typed;

    long heap;
    long memory;
    long recycleAbove;
    int recycleAfter;
    int spares;
    int processors;
    boolean eager;
    long idleNanos = 60 * SECOND;
    long graceNanos = SECOND;
    long startNanos = 60 * SECOND;
    @Nullable Path directory;
    @Nullable Path java;
    @Nullable Callable<?> initializer;
    Output output = Output.inherit();
    final List<String> jvmArgs;
    final List<String> accepted;
    final Map<String, String> environment;

    Settings(int count, String typed) {
        this.count = count;
        this.typed = new StringBuilder(typed);
        jvmArgs = new ArrayList<>();
        accepted = new ArrayList<>();
        environment = new LinkedHashMap<>();
    }

    Settings(Settings other) {
        count = other.count;
        typed = new StringBuilder(other.typed);
        heap = other.heap;
        memory = other.memory;
        recycleAbove = other.recycleAbove;
        recycleAfter = other.recycleAfter;
        spares = other.spares;
        processors = other.processors;
        eager = other.eager;
        idleNanos = other.idleNanos;
        graceNanos = other.graceNanos;
        startNanos = other.startNanos;
        directory = other.directory;
        java = other.java;
        initializer = other.initializer;
        output = other.output;
        jvmArgs = new ArrayList<>(other.jvmArgs);
        accepted = new ArrayList<>(other.accepted);
        environment = new LinkedHashMap<>(other.environment);
    }

    /** Whether workers may have tasks lie ahead: not where each task may be the last of its worker. */
    boolean mayGoAhead() {
        return recycleAfter == 0 && recycleAbove == 0 && memory == 0;
    }

    Roster.Rules rules() {
        long leaveNanos = Math.max(SECOND, graceNanos); // the grace is the tasks', and may be none
        return new Roster.Rules(count, spares, recycleAfter, startNanos, graceNanos, leaveNanos, idleNanos);
    }
}
