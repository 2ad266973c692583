package dev.pando.junit.internal.launch;

import dev.pando.junit.internal.wire.UnitOrder;
import dev.pando.junit.internal.worker.JupiterEngine;
import dev.pando.junit.internal.worker.WorkerSession;
import java.util.function.BiConsumer;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs units by a launcher, in one session for the life of the worker. */
public final class UnitLauncher implements BiConsumer<UnitOrder, WorkerSession> {
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
    public void accept(UnitOrder order, WorkerSession worker) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameters(order.parameters())
                .selectors(order.ids().stream()
                        .map(DiscoverySelectors::selectUniqueId)
                        .toArray(DiscoverySelector[]::new))
                .build();
        session.getLauncher().execute(request, new EventReporter(worker));
    }
}
