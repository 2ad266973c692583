package dev.pando.junit.internal;

import java.util.function.BooleanSupplier;
import org.junit.platform.engine.ExecutionRequest;

/** Whether the launcher wants no further test, as after a failure where a build says so. JUnit 5 never says so. */
final class RunCancellation {
    private RunCancellation() {}

    static BooleanSupplier of(ExecutionRequest request) {
        try {
            return request.getCancellationToken()::isCancellationRequested;
        } catch (NoSuchMethodError e) {
            return () -> false;
        }
    }
}
