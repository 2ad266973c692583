package dev.pando.internal.loop;

import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a loop is told before it starts: its clock, the order of its coroutines, its watchdog and its threads. A method
 * that begins with {@code with} changes a copy, so that settings which have left this class never change.
 */
public final class LoopSettings implements Cloneable {

    /** A pause that a person does not notice; Python's asyncio warns after as long. */
    private static final long DEFAULT_WARN_NANOS = 100_000_000L;

    /** A fair loop in real time, whose watchdog writes to the log. */
    public static final LoopSettings DEFAULT = new LoopSettings();

    private boolean virtual;
    private @Nullable Long seed;
    private long warnNanos = DEFAULT_WARN_NANOS;
    private Consumer<String> report = text -> System.getLogger("dev.pando").log(System.Logger.Level.WARNING, text);
    private Function<String, ThreadFactory> threads = name ->
            Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).factory();

    private LoopSettings() {}

    public LoopSettings withVirtualTime() {
        return with(copy -> copy.virtual = true);
    }

    public LoopSettings withSeed(long chosen) {
        return with(copy -> copy.seed = chosen);
    }

    /** Sets how long a coroutine may hold the loop before the watchdog reports it; zero turns the watchdog off. */
    public LoopSettings withWarnNanos(long nanos) {
        return with(copy -> copy.warnNanos = nanos == 0 ? Long.MAX_VALUE : nanos);
    }

    public LoopSettings withReport(Consumer<String> consumer) {
        return with(copy -> copy.report = consumer);
    }

    /** Sets what makes the threads of a loop, given the name of the loop. */
    public LoopSettings withThreads(Function<String, ThreadFactory> factories) {
        return with(copy -> copy.threads = factories);
    }

    /** A clone has every field, so that a new field needs no line here. */
    private LoopSettings with(Consumer<LoopSettings> change) {
        try {
            LoopSettings copy = (LoopSettings) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    boolean isVirtual() {
        return virtual;
    }

    /** Returns what the order of the coroutines is drawn from, or null if they go first in, first out. */
    @Nullable
    Long seed() {
        return seed;
    }

    /** Returns {@link Long#MAX_VALUE} if the watchdog is off. */
    long warnNanos() {
        return warnNanos;
    }

    ThreadFactory threads(String loopName) {
        return threads.apply(loopName);
    }

    void report(String text) {
        report.accept(text);
    }

    @Override
    public String toString() {
        return (virtual ? ".virtualTime()" : "") + (seed == null ? "" : ".shuffled(" + seed + ")");
    }
}
