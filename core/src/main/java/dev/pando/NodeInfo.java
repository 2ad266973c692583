package dev.pando;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A node of a cluster at one moment. What the node has not said of itself is absent and never zero.
 *
 * @param name what the node calls itself
 * @param state whether it takes tasks
 * @param workers what its tasks run on: {@code Processes.of(4)}
 * @param slots how many tasks it runs at once
 * @param tasks how many tasks of this pool it has
 * @param running how many tasks it runs, of all programs
 * @param waiting how many tasks wait there, of all programs
 * @param version its Pando and its Java
 * @param age how long ago it was started
 */
public record NodeInfo(
        String name,
        State state,
        String workers,
        int slots,
        int tasks,
        OptionalInt running,
        OptionalInt waiting,
        Optional<String> version,
        Optional<Duration> age) {

    /** Whether a node takes tasks. */
    public enum State {
        /** It takes tasks. */
        OPEN,
        /** It is about to leave: it ends the tasks that it has, and takes no further one. */
        LEAVING
    }
}
