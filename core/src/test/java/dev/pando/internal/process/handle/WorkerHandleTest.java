package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.handle.FakeWorker.FakeJob;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.spi.Failure;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handle of a worker, and what it reports of a dead worker; without a process. */
class WorkerHandleTest {
    private final FakeWorker worker = new FakeWorker();
    private final WorkerHandle handle = worker.handle;

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void aWorkerThatIsNotReadyTakesNothing() {
        worker.submit("a");
        assertThat(handle.feed(0)).isFalse();
        worker.started();
        assertThat(handle.feed(0)).isFalse();
        assertThat(worker.queue).hasSize(1);
    }

    @Test
    void theNextTaskThatIsStillWantedIsSent() throws Exception {
        worker.ready();
        worker.submit("unwanted").unwanted = true;
        worker.submit("wanted");
        assertThat(handle.feed(0)).isTrue();
        assertThat(worker.sent()).containsExactly("Run 1");
        assertThat(handle.inFlight.find(1).job.name()).isEqualTo("wanted");
        assertThat(handle.inFlight.find(2)).isNull();
        handle.finish(handle.inFlight.find(1));
        assertThat(handle.inFlight.find(1)).as("answered").isNull();
        assertThat(handle.feed(0)).as("the queue is empty").isFalse();
    }

    @Test
    void aStopGoesToItsRunOnce() throws Exception {
        worker.ready();
        FakeJob job = worker.submit("a");
        handle.feed(0);
        handle.stop(job, 2);
        assertThat(worker.sent()).as("sent after a stop of another attempt").containsExactly("Run 1");
        handle.stop(job, 1);
        handle.stop(job, 1);
        assertThat(worker.sent()).containsExactly("Run 1", "Stop 1");
    }

    @Test
    void aStopThatComesWhileTheJobIsOnItsWayFollowsIt() throws Exception {
        worker.ready();
        FakeJob job = worker.submit("a");
        job.whenBegun = () -> handle.stop(job, 1);
        handle.feed(0);
        assertThat(worker.sent()).containsExactly("Run 1", "Stop 1");
    }

    @Test
    void aStopOfTheTaskBeforeDoesNotTouchTheTaskAfter() throws Exception {
        worker.ready();
        FakeJob before = worker.submit("before");
        handle.feed(0);
        handle.finish(handle.inFlight.find(1));
        FakeJob now = worker.submit("now");
        now.whenBegun = () -> handle.stop(before, 1);
        handle.feed(0);
        handle.stop(before, 1);
        assertThat(worker.sent()).containsExactly("Run 1", "Run 2");
    }

    @Test
    void theStuckPlaceIsReportedOnce() {
        worker.ready();
        FakeJob job = worker.submit("a");
        handle.feed(0);
        Assignment assignment = handle.inFlight.find(1);
        assignment.reportStuck(List.of(new StackTraceElement("a.B", "c", "B.java", 1)));
        assignment.reportStuck(List.of());
        assertThat(job.reports).containsExactly("stuck 1 1");
    }

    @Test
    void aTaskForADeadWorkerIsGivenBack() throws Exception {
        worker.ready();
        var _ = handle.inFlight.close(worker);
        FakeJob job = worker.submit("a");
        handle.feed(0);
        assertThat(job.reports).containsExactly("give back 1");
        assertThat(worker.sent()).isEmpty();
        assertThat(handle.inFlight.find(1)).isNull();
    }

    @Test
    void aCloseReturnsTheRunningTask() {
        worker.ready();
        worker.submit("a");
        handle.feed(0);
        Assignment left = handle.inFlight.close(worker).getFirst();
        assertThat(left.job.name()).isEqualTo("a");
        assertThat(handle.inFlight.close(worker)).isEmpty();
        assertThat(handle.inFlight.find(1)).as("the task of a late answer").isNull();
    }

    @Test
    void aReleasedWorkerIsSentLeaveAndNothingAfterIt() throws Exception {
        worker.ready();
        handle.release();
        assertThat(handle.released).isTrue();
        worker.submit("too late");
        handle.feed(0);
        assertThat(worker.sent()).containsExactly("Leave");
    }

    @Test
    void anErrorOfWhichNothingCouldBePackedIsAWantOfMemory() throws Exception {
        worker.ready();
        FakeJob job = worker.submit("a");
        handle.feed(0);
        byte[] nothing = {};
        worker.process.said = new ByteArrayInputStream(FrameWriter.frame(new Message.Thrown(1, nothing, nothing)));
        new WorkerReader(handle).read(handle.running, new WorkerReaper(handle));
        assertThat(job.failure)
                .isInstanceOfSatisfying(
                        Failure.Threw.class,
                        threw -> assertThat(threw.thrown())
                                .isInstanceOf(OutOfMemoryError.class)
                                .hasMessageContaining("the heap of worker fake"));
    }

    @Test
    void aWorkerKilledBeforeItsProcessStartsIsNotWanted() {
        handle.kill("first");
        handle.kill("second");
        assertThat(handle.whyKilled()).as("the first reason stays").isEqualTo("first");
        assertThat(worker.started()).isFalse();
    }

    @Test
    void aKillEndsTheProcess() {
        worker.ready();
        handle.kill("why not");
        assertThat(worker.process.kills).isOne();
        assertThat(DeathReport.reason(handle, "anything")).isEqualTo("why not");
    }

    @Test
    void aFailureOfTheParentIsTheReasonUnlessTheWorkerWasKilled() {
        worker.ready();
        worker.process.code = 0;
        assertThat(DeathReport.reason(handle, "it sent what is no message")).isEqualTo("it sent what is no message");
    }

    @Test
    void aWorkerWithoutAProcessWasNeverStarted() {
        assertThat(DeathReport.reason(handle, null)).isEqualTo("it was never started");
        assertThat(DeathReport.of(handle, "a", "why").exitCode()).isNull();
    }

    @Test
    void anEndBeforeReadyQuotesTheOutput() {
        worker.started();
        worker.process.code = 1;
        assertThat(DeathReport.reason(handle, null))
                .isEqualTo("a worker ended before it was ready, exit code 1, and said:\n    its last words");
    }

    @ParameterizedTest
    @CsvSource({
        "139, 'it crashed in native code, or it exited by itself'",
        "134, 'it crashed in native code, or it exited by itself'",
        "135, 'it crashed in native code, or it exited by itself'",
        "132, 'it crashed in native code, or it exited by itself'",
        "136, 'it crashed in native code, or it exited by itself'",
        "137, 'it was killed from outside, or it exited by itself'",
        "143, 'it was killed from outside, or it exited by itself'",
        "0, 'it ended without a word, as by Runtime.halt or a native exit'",
        "70, 'it ended without a word, as by Runtime.halt or a native exit'"
    })
    void theExitCodeTellsHowTheWorkerEnded(int code, String reason) {
        worker.ready();
        worker.process.code = code;
        assertThat(DeathReport.reason(handle, null)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {137, 143})
    void aCodeThatMayBeASignalIsNotTakenForOneWhenTheWorkerAnnouncedItsEnd(int code) {
        worker.ready();
        worker.process.code = code;
        handle.departing = true;
        assertThat(DeathReport.reason(handle, null))
                .isEqualTo("it was killed from outside, or something in it called System.exit");
    }

    @Test
    void anExitBeforeReadyNamesTheExit() {
        worker.started();
        worker.process.code = 3;
        handle.departing = true;
        assertThat(DeathReport.reason(handle, null))
                .isEqualTo("a worker ended before it was ready, exit code 3, because something in it called"
                        + " System.exit, and said:\n    its last words");
    }

    @Test
    void anExitThatTheWorkerAnnouncedIsNamed() {
        worker.ready();
        worker.process.code = 0;
        handle.departing = true;
        assertThat(DeathReport.reason(handle, null)).isEqualTo("something in it called System.exit");
    }

    @Test
    void aDeathReportHasACodeOrASignalAndBothWhereTheyLookAlike() {
        worker.ready();
        worker.submit("a");
        handle.feed(0);
        worker.process.code = 3;
        var exited = DeathReport.of(handle, "a", "why");
        assertThat(exited.exitCode()).isEqualTo(3);
        assertThat(exited.signal()).isNull();
        assertThat(exited.tasksRun()).isEqualTo(1);
        assertThat(exited.lastOutput()).containsExactly("its last words");
        assertThat(exited.residentBytes())
                .as("resident memory that was never read")
                .isNull();
        assertThat(exited.crashLog()).isNull();
        worker.process.code = 139;
        var crashed = DeathReport.of(handle, "a", "why");
        assertThat(crashed.exitCode()).isEqualTo(139);
        assertThat(crashed.signal()).isEqualTo("SIGSEGV");
        handle.kill("it took too long");
        var killed = DeathReport.of(handle, "a", "why");
        assertThat(killed.exitCode()).isNull();
        assertThat(killed.signal()).isEqualTo("SIGSEGV");
    }
}
