package dev.pando.internal.process;

import dev.pando.internal.process.launch.LaunchOptions;
import dev.pando.internal.process.output.LineSink;
import dev.pando.internal.process.schedule.SchedulerRules;
import dev.pando.internal.process.schedule.WorkerScheduler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said of {@code Processes}. A field is written only by the change that {@link #with} makes to a fresh
 * copy, and every value is immutable, so that the copy may share it and other threads may read it.
 */
public final class ProcessSettings implements Cloneable {
    private static final long SECOND = 1_000_000_000L;

    /** As a limit of time: none. */
    public static final long UNLIMITED = WorkerScheduler.NEVER;

    final int count;

    /** What a person would have typed. */
    public String typed;

    /** Sizes are in bytes, and 0 is no limit, here and below. */
    public long heap;

    public long memory;
    public long recycleAbove;
    public int recycleAfter;
    public int spares;
    public int processors;
    public int debugPort;
    public boolean eager;
    public boolean keepsChildren;
    public long idleNanos = 60 * SECOND;
    public long graceNanos = SECOND;
    public long startNanos = 60 * SECOND;
    public @Nullable Path directory;
    public @Nullable Path java;
    public @Nullable Callable<?> initializer;
    public LineSink output;
    List<String> jvmArgs = List.of();
    List<String> accepted = List.of();
    Map<String, String> environment = Map.of();

    public ProcessSettings(int count, String typed, LineSink output) {
        this.count = count;
        this.typed = typed;
        this.output = output;
    }

    /**
     * Returns a copy to which this was done. {@link #clone} copies every field there is, so that none can be forgotten.
     */
    public ProcessSettings with(Consumer<ProcessSettings> change) {
        ProcessSettings copy = clone();
        change.accept(copy);
        return copy;
    }

    @Override
    protected ProcessSettings clone() {
        try {
            return (ProcessSettings) super.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public void addJvmArgs(List<String> more) {
        jvmArgs = joined(jvmArgs, more);
    }

    public void accept(List<String> more) {
        accepted = joined(accepted, more);
    }

    public void addEnvironment(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        environment = Map.copyOf(all);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    /** Whether workers may have tasks lie ahead: not where each task may be the last of its worker. */
    boolean mayGoAhead() {
        return recycleAfter == 0 && recycleAbove == 0 && memory == 0;
    }

    public LaunchOptions launchOptions() {
        return new LaunchOptions(count, java, directory, heap, processors, debugPort, jvmArgs, environment);
    }

    public SchedulerRules rules() {
        long leaveNanos = Math.max(SECOND, graceNanos); // the grace is the tasks', and may be none
        return new SchedulerRules(count, spares, recycleAfter, startNanos, graceNanos, leaveNanos, idleNanos);
    }
}
