package dev.pando.internal.task;

import dev.pando.Submitter;
import org.jspecify.annotations.Nullable;

/**
 * The options with which a task is taken; shared by all tasks submitted through the same {@link Submitter}.
 *
 * @param pool whose task it is; {@code null} for a future made by hand
 * @param name what its tasks are called, before the dash
 * @param timeoutNanos from begin to stop; {@link Long#MAX_VALUE}: none
 */
public record TaskOptions(@Nullable TaskOwner pool, String name, long timeoutNanos, int retries, int priority) {

    public static final long NO_TIMEOUT = Long.MAX_VALUE;
    static final TaskOptions BY_HAND = new TaskOptions(null, "promise", NO_TIMEOUT, 0, 0);

    public static TaskOptions byHand(String name) {
        return Recent.named(name);
    }

    public TaskOptions withName(String name) {
        return new TaskOptions(pool, name, timeoutNanos, retries, priority);
    }

    public TaskOptions withTimeout(long nanos) {
        return new TaskOptions(pool, name, nanos, retries, priority);
    }

    public TaskOptions withRetries(int retries) {
        return new TaskOptions(pool, name, timeoutNanos, retries, priority);
    }

    public TaskOptions withPriority(int priority) {
        return new TaskOptions(pool, name, timeoutNanos, retries, priority);
    }

    public boolean hasTimeout() {
        return timeoutNanos != NO_TIMEOUT;
    }

    /** The last options made by hand, because a program that makes many futures gives all of them one name. */
    private static final class Recent {
        /** Any thread writes; it may be overwritten at any time. */
        private static volatile TaskOptions last = BY_HAND;

        static TaskOptions named(String name) {
            TaskOptions recent = last;
            if (!recent.name.equals(name)) {
                last = recent = new TaskOptions(null, name, NO_TIMEOUT, 0, 0);
            }
            return recent;
        }
    }
}
