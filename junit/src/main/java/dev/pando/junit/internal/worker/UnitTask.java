package dev.pando.junit.internal.worker;

import dev.pando.junit.internal.wire.UnitOrder;
import dev.pando.junit.internal.wire.WorkerSetup;
import dev.pando.shared.SharedQueue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a worker does, on its main thread: it gets ready once, and then runs units. */
public final class UnitTask {
    /** Known by its name alone, because a loader of its own may have to find it. */
    private static final String LAUNCHER = "dev.pando.junit.internal.launch.UnitLauncher";

    /** The empty test of {@code RehearsalCase}, which stands beside the launcher. */
    private static final String REHEARSAL =
            "[engine:" + JupiterEngine.ID + "]/[class:dev.pando.junit.internal.launch.RehearsalCase]/[method:pass()]";

    /** The first time loads some two thousand classes; a few more, and what is called often is compiled. */
    private static final int REHEARSALS = 5;

    /** Written before the first unit. */
    private static @Nullable BiConsumer<UnitOrder, WorkerSession> launcher;

    /** Written with the launcher. */
    private static WorkerSetup setup = new WorkerSetup(List.of(), Map.of(), Map.of());

    private UnitTask() {}

    /**
     * Runs an empty test some times, as a unit, so that the first one of a user finds everything loaded.
     *
     * @throws ReflectiveOperationException this JVM has no launcher
     */
    @SuppressWarnings("unchecked")
    public static void prepare(WorkerSetup setup) throws ReflectiveOperationException {
        ClassLoader loader = UnitTask.class.getClassLoader();
        if (!setup.places().isEmpty()) {
            loader = new LauncherLoader(setup.places(), ClassLoader.getSystemClassLoader());
            Thread.currentThread().setContextClassLoader(loader); // JUnit looks for classes there
        }
        BiConsumer<UnitOrder, WorkerSession> made = Class.forName(LAUNCHER, true, loader)
                .asSubclass(BiConsumer.class)
                .getConstructor()
                .newInstance();
        WorkerSession rehearsal = new WorkerSession(null, Set.of(), Map.of());
        WorkerSession.enter(rehearsal);
        for (int times = 0; times < REHEARSALS; times++) {
            made.accept(new UnitOrder(List.of(REHEARSAL), Set.of(), null, false, true, List.of()), rehearsal);
        }
        WorkerSession.enter(null);
        UnitTask.setup = setup;
        launcher = made;
    }

    /** Runs a unit. An order tells this worker to stop; a closed queue, that none will come. */
    public static void run(UnitOrder order, SharedQueue<byte[]> events, SharedQueue<String> orders) {
        Map<String, String> properties = order.properties();
        (properties == null ? setup.properties() : properties).forEach(UnitTask::inherit);
        WorkerSession session = new WorkerSession(events, order.done(), setup.parameters());
        WorkerSession.enter(session);
        if (order.timed()) {
            Thread.ofPlatform().daemon().name("pando-junit-orders").start(() -> obey(orders, session));
        }
        try {
            if (launcher == null) {
                throw new IllegalStateException("this worker was not prepared");
            }
            launcher.accept(order, session);
        } finally {
            if (!order.reused()) {
                finish();
            }
            WorkerSession.enter(null);
        }
    }

    /** No unit will come after this. The worker is halted, so that no shutdown hook writes what it has counted. */
    public static void finish() {
        CoverageDump.write();
    }

    private static void obey(SharedQueue<String> orders, WorkerSession session) {
        try {
            orders.take();
        } catch (InterruptedException | IllegalStateException e) {
            return; // the queue is closed, or the task has ended first
        }
        session.stop();
        CoverageDump.write();
    }

    /** What was set on the command line of the program is there already. */
    private static void inherit(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
