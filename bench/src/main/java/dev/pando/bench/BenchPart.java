package dev.pando.bench;

import java.util.Locale;

/** Measurements that share a program. Each part has a fresh program, so that earlier measurements do not disturb it. */
enum BenchPart {
    CALLS,
    ROWS,
    COMPUTE,
    COLD,
    START,
    DEATH,
    ARRAYS,
    PENDING,
    RESULTS,
    SCALE,
    IDLE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
