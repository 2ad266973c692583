package dev.pando.junit.internal.launch;

import dev.pando.junit.internal.wire.TestEvent;
import dev.pando.junit.internal.wire.ThrownCopy;
import dev.pando.junit.internal.worker.WorkerSession;
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

    EventReporter(WorkerSession session) {
        this.session = session;
    }

    @Override
    public void dynamicTestRegistered(TestIdentifier test) {
        session.send(new TestEvent.Registered(
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
        session.send(new TestEvent.Started(test.getUniqueId()));
        session.begins(test.getUniqueId());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        session.send(new TestEvent.Skipped(test.getUniqueId(), reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String id = test.getUniqueId();
        session.ends(id);
        session.send(
                result.getStatus() == Status.SUCCESSFUL
                        ? new TestEvent.Passed(id)
                        : new TestEvent.Threw(
                                id,
                                result.getStatus() == Status.ABORTED,
                                result.getThrowable().map(ThrownCopy::of).orElse(null)));
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        session.send(new TestEvent.Published(test.getUniqueId(), entry.getKeyValuePairs()));
    }

    /** Since JUnit 5.12; an older launcher does not call this. */
    @Override
    public void fileEntryPublished(TestIdentifier test, FileEntry file) {
        session.send(new TestEvent.FiledAway(
                test.getUniqueId(),
                file.getPath().toAbsolutePath().toString(),
                file.getMediaType().orElse(null)));
    }
}
