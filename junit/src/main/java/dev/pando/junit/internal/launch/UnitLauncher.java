package dev.pando.junit.internal.launch;

import dev.pando.junit.internal.wire.UnitOrder;
import dev.pando.junit.internal.worker.JupiterEngine;
import dev.pando.junit.internal.worker.WorkerSession;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests by a launcher, in one session for the life of the worker. Without a unit: an empty test, to warm up. */
public final class UnitLauncher implements BiConsumer<@Nullable UnitOrder, @Nullable WorkerSession> {
    private final LauncherSession session;

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
    public void accept(@Nullable UnitOrder order, @Nullable WorkerSession worker) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        if (order == null || worker == null) {
            run(request.selectors(DiscoverySelectors.selectClass(RehearsalCase.class)), new TestExecutionListener() {});
            return;
        }
        request.configurationParameters(order.parameters());
        request.selectors(
                order.ids().stream().map(DiscoverySelectors::selectUniqueId).toArray(DiscoverySelector[]::new));
        run(request, new EventReporter(worker));
    }

    private void run(LauncherDiscoveryRequestBuilder request, TestExecutionListener listener) {
        LauncherDiscoveryRequest built = request.build();
        session.getLauncher().execute(built, listener);
    }
}
