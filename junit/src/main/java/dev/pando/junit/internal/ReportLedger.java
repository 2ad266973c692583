package dev.pando.junit.internal;

import dev.pando.junit.internal.wire.TestEvent;
import dev.pando.junit.internal.wire.ThrownCopy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;

/**
 * What was reported of the tests of one unit: each begins once and ends once, although a test may begin in one worker
 * and its class end in another. The end of the unit itself is kept back until the last worker is done, because the
 * class around a method may still fail. Used by the engine's thread alone.
 */
final class ReportLedger {
    private final TestDescriptor unit;
    private final EngineExecutionListener listener;
    private final Map<String, TestDescriptor> known = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> done = new HashSet<>();

    /** The end of the unit. {@code null}: it has not ended. */
    private @Nullable TestExecutionResult unitResult;

    /** Why the unit did not run. {@code null}: it did. */
    private @Nullable String unitSkipped;

    ReportLedger(TestDescriptor unit, EngineExecutionListener listener) {
        this.unit = unit;
        this.listener = listener;
        unit.accept(descriptor -> known.put(id(descriptor), descriptor));
    }

    static String id(TestDescriptor descriptor) {
        return descriptor.getUniqueId().toString();
    }

    /** Returns the test, unless it is none of this unit. */
    @Nullable
    TestDescriptor find(String id) {
        return known.get(id);
    }

    boolean isUnitEnded() {
        return unitResult != null || unitSkipped != null;
    }

    /** Returns the tests that have not ended, nor anything that they are in. A test that may bring up others is one. */
    List<TestDescriptor> unfinished() {
        List<TestDescriptor> rest = new ArrayList<>();
        collectUnfinished(unit, rest);
        return rest;
    }

    private void collectUnfinished(TestDescriptor descriptor, List<TestDescriptor> rest) {
        if (done.contains(id(descriptor))) {
            return;
        }
        if (descriptor.getChildren().isEmpty() || descriptor.mayRegisterTests()) {
            rest.add(descriptor); // the children of the second kind came up in a worker, and come up again
            return;
        }
        descriptor.getChildren().forEach(child -> collectUnfinished(child, rest));
    }

    Set<String> done() {
        return Set.copyOf(done);
    }

    /** Reports what an event says, unless that was reported before. */
    void apply(TestEvent event) {
        if (event instanceof TestEvent.Registered registered) {
            register(registered);
            return;
        }
        TestDescriptor test = known.get(event.id());
        if (test == null || done.contains(event.id())) {
            return;
        }
        switch (event) {
            case TestEvent.Started _ -> begin(test);
            case TestEvent.Skipped skipped -> skip(test, skipped.reason());
            case TestEvent.Passed _ -> end(test, TestExecutionResult.successful());
            case TestEvent.Threw threw -> end(test, result(threw));
            case TestEvent.Published published ->
                listener.reportingEntryPublished(test, ReportEntry.from(published.entries()));
            case TestEvent.FiledAway filed ->
                listener.fileEntryPublished(test, FileEntry.from(Path.of(filed.path()), filed.mediaType()));
            case TestEvent.Registered _, TestEvent.StuckAt _ -> {}
        }
    }

    static TestExecutionResult result(TestEvent.Threw threw) {
        Throwable thrown =
                Optional.ofNullable(threw.thrown()).map(ThrownCopy::restored).orElse(null);
        return threw.aborted() ? TestExecutionResult.aborted(thrown) : TestExecutionResult.failed(thrown);
    }

    /** The test has failed by this, also if it had not begun. */
    void fail(TestDescriptor test, Throwable thrown) {
        if (!done.contains(id(test))) {
            begin(test);
            end(test, TestExecutionResult.failed(thrown));
        }
    }

    /** The unit will not run, because something around it does not. */
    void skipUnit(String reason) {
        if (!begun.contains(id(unit))) {
            skip(unit, reason);
        }
    }

    /** What is around the unit has failed, and so has the unit, whatever its own end was. */
    void failAround(Throwable thrown) {
        begin(unit);
        TestExecutionResult own = unitResult;
        if (own != null) {
            own.getThrowable().ifPresent(thrown::addSuppressed);
        }
        done.add(id(unit));
        unitResult = TestExecutionResult.failed(thrown);
    }

    /** Reports the end of the unit. */
    void close() {
        if (unitSkipped != null) {
            listener.executionSkipped(unit, unitSkipped);
            return;
        }
        begin(unit);
        listener.executionFinished(unit, unitResult == null ? TestExecutionResult.successful() : unitResult);
    }

    private void register(TestEvent.Registered registered) {
        TestDescriptor parent = known.get(registered.parent());
        if (parent != null && !known.containsKey(registered.id())) {
            ReplayedDescriptor test = new ReplayedDescriptor(registered);
            parent.addChild(test);
            known.put(registered.id(), test);
            listener.dynamicTestRegistered(test);
        }
    }

    private void begin(TestDescriptor test) {
        if (begun.add(id(test))) {
            listener.executionStarted(test);
        }
    }

    private void skip(TestDescriptor test, String reason) {
        if (begun.contains(id(test))) {
            return;
        }
        done.add(id(test));
        if (test == unit) {
            unitSkipped = reason;
        } else {
            listener.executionSkipped(test, reason);
        }
    }

    private void end(TestDescriptor test, TestExecutionResult result) {
        done.add(id(test));
        if (test == unit) {
            unitResult = result;
        } else {
            listener.executionFinished(test, result);
        }
    }
}
