package dev.pando.junit.internal.launch;

import dev.pando.junit.internal.wire.TestEvent;
import dev.pando.junit.internal.wire.ThrownCopy;
import dev.pando.junit.internal.worker.WorkerSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Sends the program what the launcher reports, on the thread that runs the test. */
final class EventReporter implements TestExecutionListener {
    private final WorkerSession session;

    /** What came up and has not begun, by its id. One message tells both, because a message is a way there and back. */
    private final Map<String, TestEvent> comingUp = new ConcurrentHashMap<>();

    EventReporter(WorkerSession session) {
        this.session = session;
    }

    @Override
    public void dynamicTestRegistered(TestIdentifier test) {
        comingUp.put(
                test.getUniqueId(),
                new TestEvent.Registered(
                        test.getUniqueId(),
                        test.getParentId().orElse(""),
                        test.getDisplayName(),
                        test.getLegacyReportingName(),
                        test.getSource().orElse(null),
                        test.getTags().stream().map(TestTag::getName).toList(),
                        test.isTest(),
                        test.isContainer()));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (isTold(test)) {
            send(test, new TestEvent.Started(test.getUniqueId()));
            session.begins(test.getUniqueId());
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        send(test, new TestEvent.Skipped(test.getUniqueId(), reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String id = test.getUniqueId();
        session.ends(id);
        if (result.getStatus() == Status.SUCCESSFUL && !isTold(test)) {
            return;
        }
        send(
                test,
                result.getStatus() == Status.SUCCESSFUL
                        ? new TestEvent.Passed(id)
                        : new TestEvent.Threw(
                                id,
                                result.getStatus() == Status.ABORTED,
                                result.getThrowable().map(ThrownCopy::of).orElse(null)));
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        send(test, new TestEvent.Published(test.getUniqueId(), entry.getKeyValuePairs()));
    }

    /** Since JUnit 5.12; an older launcher does not call this. */
    @Override
    public void fileEntryPublished(TestIdentifier test, FileEntry file) {
        send(
                test,
                new TestEvent.FiledAway(
                        test.getUniqueId(),
                        file.getPath().toAbsolutePath().toString(),
                        file.getMediaType().orElse(null)));
    }

    /** The engine runs no code of the user's, so the program need not know when it begins, nor that it ended well. */
    private static boolean isTold(TestIdentifier test) {
        return test.getParentId().isPresent();
    }

    private void send(TestIdentifier test, TestEvent event) {
        TestEvent before = comingUp.remove(test.getUniqueId());
        session.send(before == null ? List.of(event) : List.of(before, event));
    }
}
