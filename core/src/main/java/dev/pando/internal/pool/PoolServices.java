package dev.pando.internal.pool;

import dev.pando.internal.shared.SharedTable;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.worker.OfferedCall;
import dev.pando.internal.worker.SubtaskOptions;
import dev.pando.internal.worker.TaskServices;
import dev.pando.spi.Engine;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a pool has for its tasks: what they share, what the program offers them, their sub-tasks, actors. */
public final class PoolServices implements TaskServices {
    private final PoolCore core;
    private final Intake intake;
    private final Engine engine;
    private final String backend;
    private final Map<String, OfferedCall> offers = new ConcurrentHashMap<>();
    private final AtomicInteger actors = new AtomicInteger();

    PoolServices(PoolCore core, Intake intake, Engine engine, String backend) {
        this.core = core;
        this.intake = intake;
        this.engine = engine;
        this.backend = backend;
    }

    /** Typed here, so that a pool whose tasks ask nothing does not load the interface. */
    TaskServices forWorkers() {
        return this;
    }

    /** Returns what the tasks share, or throws why this pool shares nothing. */
    public SharedTable shared() {
        return PoolShares.of(core.lifecycle, engine, core.name(), backend);
    }

    /** Returns whether a task has ended when its submission returns. */
    public boolean runsOnCaller() {
        return engine.runsOnCaller();
    }

    /** Lets tasks call this by its name. */
    public void offer(OfferedCall offered) {
        offers.put(offered.name(), offered);
    }

    @Override
    public @Nullable OfferedCall offered(String name) {
        return offers.get(name);
    }

    @Override
    public String notOffered(String name) {
        return "the program offers nothing called " + name + " to the tasks of pool " + core.name()
                + ": call pool.offer(\"" + name + "\", ...) before a task asks for it; it offers "
                + new TreeSet<>(offers.keySet());
    }

    @Override
    public AcceptedSubtask acceptPacked(Object packed, SubtaskOptions options) {
        return new PackedSubtask(intake.acceptPacked(
                new TaskOptions(core, options.name(), options.timeoutNanos(), options.retries(), options.priority()),
                packed));
    }

    /** Returns how many workers of the width have an actor. */
    public AtomicInteger actors() {
        return actors;
    }
}
