package dev.pando.internal.map;

import dev.pando.Progress;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tells the user's {@link Progress} of one map, if there is one: its begin and its end once. The reader's thread. */
final class MapProgress {
    private final @Nullable Progress progress;
    private boolean ended;

    MapProgress(@Nullable Progress progress) {
        this.progress = progress;
    }

    void begin(long expected) {
        if (progress != null) {
            progress.begin(expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected));
        }
    }

    void delivered(long delivered, long pulled) {
        if (progress != null) {
            progress.update(delivered, pulled);
        }
    }

    void end() {
        if (progress != null && !ended) {
            ended = true;
            progress.end();
        }
    }

    /** Tells the end of a map that has failed: what it failed of is thrown, and not what this throws in addition. */
    void endAfter(Throwable failure) {
        try {
            end();
        } catch (Throwable further) {
            if (further != failure) {
                failure.addSuppressed(further);
            }
        }
    }
}
