package dev.pando;

import org.jspecify.annotations.Nullable;

/**
 * The terms on which a task is taken; shared by all tasks submitted through the same {@link Submitter}.
 *
 * @param pool whose task it is; {@code null} for a future made by hand
 * @param name what its tasks are called, before the dash
 * @param timeoutNanos from begin to stop; {@link Long#MAX_VALUE}: none
 */
record Terms(@Nullable TaskOwner pool, String name, long timeoutNanos, int retries, int priority) {

    static final long NO_TIMEOUT = Long.MAX_VALUE;
    static final Terms BY_HAND = new Terms(null, "promise", NO_TIMEOUT, 0, 0);

    static Terms byHand(String name) {
        return Recent.named(name);
    }

    Terms withName(String name) {
        return new Terms(pool, name, timeoutNanos, retries, priority);
    }

    Terms withTimeout(long nanos) {
        return new Terms(pool, name, nanos, retries, priority);
    }

    Terms withRetries(int retries) {
        return new Terms(pool, name, timeoutNanos, retries, priority);
    }

    Terms withPriority(int priority) {
        return new Terms(pool, name, timeoutNanos, retries, priority);
    }

    boolean hasTimeout() {
        return timeoutNanos != NO_TIMEOUT;
    }

    /** The last one made by hand: whoever makes many futures calls them all the same. */
    private static final class Recent {
        /** Any thread writes; it may be overwritten at any time. */
        private static volatile Terms last = BY_HAND;

        static Terms named(String name) {
            Terms recent = last;
            if (!recent.name.equals(name)) last = recent = new Terms(null, name, NO_TIMEOUT, 0, 0);
            return recent;
        }
    }
}
