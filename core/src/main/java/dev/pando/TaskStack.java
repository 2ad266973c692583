package dev.pando;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a running task is, or why that cannot be told; see {@link PoolView#look}.
 *
 * @param frames the innermost first, and none of Pando's below the task; empty if {@code missing} says why
 * @param missing why there are no frames; empty if there are some
 */
public record TaskStack(List<StackTraceElement> frames, Optional<Missing> missing) {

    /** Why a stack cannot be told. */
    public enum Missing {
        /** The task waits, has ended, or was at no line of its own when its worker looked. */
        NOT_RUNNING,
        /** Its worker has not answered in time: that, or the node it stands on, may be frozen or very busy. */
        NO_ANSWER,
        /** This kind of worker cannot be asked: none of Pando's own. */
        NOT_SEEN
    }

    /**
     * Frames, or the reason why there are none.
     *
     * @throws NullPointerException one of them is {@code null}
     * @throws IllegalArgumentException both are there, or neither
     */
    public TaskStack {
        frames = List.copyOf(frames);
        Objects.requireNonNull(missing, "missing");
        if (frames.isEmpty() != missing.isPresent()) {
            throw new IllegalArgumentException("a stack has frames or a reason why it has none: " + frames + missing);
        }
    }
}
