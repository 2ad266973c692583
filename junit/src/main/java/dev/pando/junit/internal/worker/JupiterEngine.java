package dev.pando.junit.internal.worker;

import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;

/** Jupiter under our name, so that a test has the same unique id in the worker and in the program. */
public final class JupiterEngine implements TestEngine {
    /** What our engine is called: the first segment of its unique ids. */
    public static final String ID = "pando-junit";

    /** What Jupiter is called. */
    public static final String JUPITER = "junit-jupiter";

    private final TestEngine jupiter;

    private JupiterEngine(TestEngine jupiter) {
        this.jupiter = jupiter;
    }

    /** Returns the Jupiter of this program; nothing if it has none. */
    public static Optional<TestEngine> find() {
        for (TestEngine engine : ServiceLoader.load(TestEngine.class)) {
            if (engine.getId().equals(JUPITER)) {
                return Optional.of(new JupiterEngine(engine));
            }
        }
        return Optional.empty();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        return jupiter.discover(request, uniqueId);
    }

    @Override
    public void execute(ExecutionRequest request) {
        jupiter.execute(request);
    }
}
