package dev.pando.loop;

import dev.pando.internal.loop.TimeoutScope;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit for {@link Loop#timeout(LoopTimeout, java.util.concurrent.Callable)} that the body, or another coroutine of
 * the same loop, can change while the body runs. Each serves one body.
 *
 * {@snippet :
 * LoopTimeout limit = LoopTimeout.of(Duration.ofSeconds(5));
 * String page = Loop.timeout(limit, () -> {
 *     int length = readHead();
 *     limit.reschedule(Duration.ofMillis(length));      // from now on
 *     return readBody(length);
 * });
 * }
 */
public final class LoopTimeout {
    final TimeoutScope scope;

    private LoopTimeout(TimeoutScope scope) {
        this.scope = scope;
    }

    /**
     * Makes a limit that counts from the moment the body begins.
     *
     * @throws IllegalArgumentException the limit is negative
     */
    public static LoopTimeout of(Duration limit) {
        return new LoopTimeout(TimeoutScope.lasting(Checks.notNegative(limit, "limit")));
    }

    /** Makes a limit that is a moment of {@link Loop#time}. If the moment has passed, the first wait ends the body. */
    public static LoopTimeout at(Duration moment) {
        return new LoopTimeout(TimeoutScope.until(Checks.nanos(moment, "moment")));
    }

    /** Makes a limit that never comes, unless {@link #reschedule} sets another. */
    public static LoopTimeout never() {
        return new LoopTimeout(TimeoutScope.lasting(TimeoutScope.NEVER));
    }

    /**
     * Sets the limit to this long from now.
     *
     * @throws IllegalArgumentException the limit is negative
     * @throws IllegalStateException the body has not begun, has ended, or its time was up; or the caller is no
     *     coroutine of the same loop
     */
    public void reschedule(Duration limit) {
        scope.reschedule("LoopTimeout.reschedule", Checks.notNegative(limit, "limit"));
    }

    /**
     * Sets the limit to a moment of {@link Loop#time}. If the moment has passed, the next wait ends the body.
     *
     * @throws IllegalStateException as {@link #reschedule} does
     */
    public void rescheduleAt(Duration moment) {
        scope.rescheduleAt("LoopTimeout.rescheduleAt", Checks.nanos(moment, "moment"));
    }

    /**
     * Takes the limit away, until {@link #reschedule} sets another.
     *
     * @throws IllegalStateException as {@link #reschedule} does
     */
    public void switchOff() {
        scope.reschedule("LoopTimeout.switchOff", TimeoutScope.NEVER);
    }

    /**
     * Returns the moment of {@link Loop#time} at which the time is up. Returns null if there is no limit, or if the
     * body has not begun.
     */
    public @Nullable Duration when() {
        long elapsed = scope.when();
        return elapsed == TimeoutScope.NEVER ? null : Duration.ofNanos(elapsed);
    }

    /** Returns whether the time was up before the body had ended. */
    public boolean isExpired() {
        return scope.isExpired();
    }

    @Override
    public String toString() {
        Duration when = when();
        return "LoopTimeout[" + (isExpired() ? "expired" : when == null ? "not set" : "at " + when) + "]";
    }
}
