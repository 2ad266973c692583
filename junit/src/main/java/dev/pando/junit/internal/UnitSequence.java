package dev.pando.junit.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;

/** Which unit a worker that is reused will be given next. Used by the engine's thread alone. */
final class UnitSequence {
    private final Map<TestDescriptor, TestDescriptor> following = new HashMap<>();

    /** Of units in the order in which they will run. */
    UnitSequence(List<TestDescriptor> units) {
        Map<WorkerSettings, TestDescriptor> later = new HashMap<>();
        for (TestDescriptor unit : units.reversed()) {
            WorkerSettings settings =
                    UnitFinder.annotation(unit).map(WorkerSettings::of).orElseThrow();
            TestDescriptor next = settings.reuse() ? later.put(settings, unit) : null;
            if (next != null) {
                following.put(unit, next);
            }
        }
    }

    /** Returns the next unit of the same worker; {@code null} if there is none. */
    @Nullable
    TestDescriptor after(TestDescriptor unit) {
        return following.get(unit);
    }
}
