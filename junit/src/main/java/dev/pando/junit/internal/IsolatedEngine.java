package dev.pando.junit.internal;

import dev.pando.junit.internal.wire.WorkerSetup;
import dev.pando.junit.internal.worker.JupiterEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;

/**
 * The test engine of isolated tests. It has Jupiter find the tests, keeps the isolated ones, as Jupiter describes them,
 * and runs unit after unit in workers. Their reports are those of ordinary tests.
 */
public final class IsolatedEngine implements TestEngine {

    /** Made by JUnit. */
    public IsolatedEngine() {}

    @Override
    public String getId() {
        return JupiterEngine.ID;
    }

    @Override
    public Optional<String> getGroupId() {
        return Optional.of("dev.pando");
    }

    @Override
    public Optional<String> getArtifactId() {
        return Optional.of("pando-junit");
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        IsolatedRoot root = new IsolatedRoot(uniqueId);
        Optional<TestEngine> jupiter = JupiterEngine.find();
        boolean enabled = request.getConfigurationParameters()
                .getBoolean("pando.junit.enabled")
                .orElse(true);
        if (jupiter.isEmpty() || !enabled) {
            return root;
        }
        JupiterRequest asked = JupiterRequest.of(request, uniqueId);
        if (asked.isEmpty()) {
            return root;
        }
        TestDescriptor found = jupiter.get().discover(asked.request(), uniqueId);
        UnitFinder.keepUnits(found);
        root.adopt(found, asked.uniqueIds());
        TakenTests.take(root);
        return root;
    }

    @Override
    public void execute(ExecutionRequest request) {
        IsolatedRoot root = (IsolatedRoot) request.getRootTestDescriptor();
        EngineExecutionListener listener = request.getEngineExecutionListener();
        Map<String, String> parameters = parameters(request.getConfigurationParameters());
        WorkerSetup setup =
                new WorkerSetup(LauncherPlaces.missing(parameters), parameters, InheritedSetup.properties());
        List<TestDescriptor> units = units(root).toList();
        BooleanSupplier cancelled = RunCancellation.of(request);
        UnitSequence sequence = new UnitSequence(units);
        listener.executionStarted(root);
        try (WorkerPools pools = new WorkerPools(settings(units), setup)) {
            for (TestDescriptor child : List.copyOf(root.getChildren())) {
                execute(child, new UnitContext(root, listener, pools, setup, sequence, cancelled));
            }
        }
        listener.executionFinished(root, TestExecutionResult.successful());
    }

    private static void execute(TestDescriptor descriptor, UnitContext context) {
        if (context.cancelled().getAsBoolean()) {
            context.listener().executionSkipped(descriptor, "the run was cancelled");
            return;
        }
        if (UnitFinder.annotation(descriptor).isPresent()) {
            new UnitRun(descriptor, context).run();
            return;
        }
        context.listener().executionStarted(descriptor);
        for (TestDescriptor child : List.copyOf(descriptor.getChildren())) {
            execute(child, context);
        }
        context.listener().executionFinished(descriptor, TestExecutionResult.successful());
    }

    private static Stream<TestDescriptor> units(TestDescriptor descriptor) {
        return UnitFinder.annotation(descriptor).isPresent()
                ? Stream.of(descriptor)
                : descriptor.getChildren().stream().flatMap(IsolatedEngine::units);
    }

    /** Of units that cannot be read there is no worker, and their runs will say why. */
    private static List<WorkerSettings> settings(List<TestDescriptor> units) {
        List<WorkerSettings> all = new ArrayList<>();
        for (TestDescriptor unit : units) {
            UnitFinder.annotation(unit).map(WorkerSettings::of).ifPresent(all::add);
        }
        return all;
    }

    private static Map<String, String> parameters(ConfigurationParameters parameters) {
        return parameters.keySet().stream()
                .filter(key -> parameters.get(key).isPresent())
                .collect(Collectors.toMap(key -> key, key -> parameters.get(key).orElseThrow()));
    }
}
