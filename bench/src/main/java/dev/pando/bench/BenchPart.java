package dev.pando.bench;

import java.util.Locale;

/** Measurements that share a program. Each part has a fresh program, so that earlier measurements do not disturb it. */
enum BenchPart {
    CALLS,
    COMPUTE,
    COLD,
    START,
    DEATH,
    ARRAYS,
    PENDING,
    RESULTS,
    IDLE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
