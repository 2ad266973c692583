package dev.pando.junit.internal.launch;

import dev.pando.junit.internal.wire.UnitOrder;
import dev.pando.junit.internal.worker.JupiterEngine;
import dev.pando.junit.internal.worker.WorkerSession;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs units by a launcher, in one session for the life of the worker. While the program notes the end of a unit, a
 * thread of this class has Jupiter find the next one, which takes a third of the time of an empty test.
 */
public final class UnitLauncher implements BiConsumer<UnitOrder, WorkerSession> {
    private final LauncherSession session;
    private final ExecutorService finder = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pando-junit-finder").factory());

    /** What is found in advance. Used by the worker's main thread. */
    private @Nullable FoundUnit found;

    private record FoundUnit(List<String> ids, Future<TestPlan> plan) {}

    /**
     * Opens the session, with Jupiter alone. Filters have done their work in the program; listeners do theirs there,
     * with the events that the program repeats.
     */
    public UnitLauncher() {
        session = LauncherFactory.openSession(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .addTestEngines(JupiterEngine.find().orElseThrow())
                .build());
    }

    @Override
    public void accept(UnitOrder order, WorkerSession worker) {
        FoundUnit ahead = found;
        found = null;
        TestPlan plan = ahead != null && ahead.ids.equals(order.ids()) ? result(ahead.plan) : null;
        session.getLauncher().execute(plan == null ? find(order.ids(), worker) : plan, new EventReporter(worker));
        if (!order.next().isEmpty()) {
            found = new FoundUnit(order.next(), finder.submit(() -> find(order.next(), worker)));
        }
    }

    private TestPlan find(List<String> ids, WorkerSession worker) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameters(worker.parameters())
                .enableImplicitConfigurationParameters(false) // the program has looked for them, on its class path
                .selectors(ids.stream().map(DiscoverySelectors::selectUniqueId).toArray(DiscoverySelector[]::new))
                .build();
        return session.getLauncher().discover(request);
    }

    /** Returns the plan; {@code null} where the search threw, so that the unit searches itself, and throws it. */
    private static @Nullable TestPlan result(Future<TestPlan> plan) {
        try {
            return plan.get();
        } catch (ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the unit is told to stop
            return null;
        }
    }
}
