package dev.pando.spi;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the workers of a {@link VisibleEngine} record.
 *
 * @param settings which events, as {@code jdk.jfr.Recording} takes them
 * @param mostBytes what one worker keeps, and what dead workers have left together: the oldest goes first
 * @param folder where a worker that ends leaves its recording, as a file of its name that ends in {@code .jfr}
 */
public record RecordingPlan(Map<String, String> settings, long mostBytes, Path folder) {
    /** Copies the settings. */
    public RecordingPlan {
        settings = Map.copyOf(settings);
    }
}
