package dev.pando.bench;

import java.util.Locale;

/** What is measured in one program, so that nothing measured before is in its way. */
enum Part {
    CALLS,
    COMPUTE,
    START,
    DEATH,
    ARRAYS,
    IDLE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
