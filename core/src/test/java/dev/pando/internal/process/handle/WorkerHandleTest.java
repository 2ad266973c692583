package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.handle.FakeWorker.FakeJob;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The handle of a worker, and what it reports of a dead worker; without a process. */
class WorkerHandleTest {
    private final FakeWorker worker = new FakeWorker();
    private final WorkerHandle hand = worker.hand;

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void whoeverIsNotReadyTakesNothing() {
        worker.submit("a");
        assertThat(hand.feed(0)).isFalse();
        worker.started();
        assertThat(hand.feed(0)).isFalse();
        assertThat(worker.line).hasSize(1);
    }

    @Test
    void theNextThatSomebodyStillWantsIsSent() throws Exception {
        worker.ready();
        worker.submit("unwanted").unwanted = true;
        worker.submit("wanted");
        assertThat(hand.feed(0)).isTrue();
        assertThat(worker.sent()).containsExactly("Run 1");
        assertThat(hand.inFlight.find(1).job.name()).isEqualTo("wanted");
        assertThat(hand.inFlight.find(2)).isNull();
        hand.done(hand.inFlight.find(1));
        assertThat(hand.inFlight.find(1)).as("answered").isNull();
        assertThat(hand.feed(0)).as("nobody is left").isFalse();
    }

    @Test
    void aStopGoesToItsRunOnce() throws Exception {
        worker.ready();
        FakeJob job = worker.submit("a");
        hand.feed(0);
        hand.stop(job, 2);
        assertThat(worker.sent()).as("sent after a stop of another attempt").containsExactly("Run 1");
        hand.stop(job, 1);
        hand.stop(job, 1);
        assertThat(worker.sent()).containsExactly("Run 1", "Stop 1");
    }

    @Test
    void aStopThatComesWhileTheJobIsOnItsWayFollowsIt() throws Exception {
        worker.ready();
        FakeJob job = worker.submit("a");
        job.whenBegun = () -> hand.stop(job, 1);
        hand.feed(0);
        assertThat(worker.sent()).containsExactly("Run 1", "Stop 1");
    }

    @Test
    void aStopForWhatWasHereBeforeDoesNotTouchWhatIsHereNow() throws Exception {
        worker.ready();
        FakeJob before = worker.submit("before");
        hand.feed(0);
        hand.done(hand.inFlight.find(1));
        FakeJob now = worker.submit("now");
        now.whenBegun = () -> hand.stop(before, 1);
        hand.feed(0);
        hand.stop(before, 1);
        assertThat(worker.sent()).containsExactly("Run 1", "Run 2");
    }

    @Test
    void whereItIsStuckIsToldOnce() {
        worker.ready();
        FakeJob job = worker.submit("a");
        hand.feed(0);
        Assignment assignment = hand.inFlight.find(1);
        hand.stuck(assignment, List.of(new StackTraceElement("a.B", "c", "B.java", 1)));
        hand.stuck(assignment, List.of());
        assertThat(job.reports).containsExactly("stuck 1 1");
    }

    @Test
    void whatADeadWorkerWouldHaveTakenIsGivenBack() throws Exception {
        worker.ready();
        hand.inFlight.close(worker);
        FakeJob job = worker.submit("a");
        hand.feed(0);
        assertThat(job.reports).containsExactly("give back 1");
        assertThat(worker.sent()).isEmpty();
        assertThat(hand.inFlight.find(1)).isNull();
    }

    @Test
    void whatItWasAtIsHandedOverWhenItIsClosed() {
        worker.ready();
        worker.submit("a");
        hand.feed(0);
        Assignment left = hand.inFlight.close(worker).getFirst();
        assertThat(left.job.name()).isEqualTo("a");
        assertThat(hand.inFlight.close(worker)).isEmpty();
        assertThat(hand.inFlight.find(1)).as("the task of a late answer").isNull();
    }

    @Test
    void whoeverIsSentHomeIsToldAndHearsNoMore() throws Exception {
        worker.ready();
        hand.release();
        assertThat(hand.isReleased()).isTrue();
        worker.submit("too late");
        hand.feed(0);
        assertThat(worker.sent()).containsExactly("Leave");
    }

    @Test
    void whoeverIsKilledBeforeItIsThereIsNotWantedWhenItComes() {
        hand.kill("first");
        hand.kill("second");
        assertThat(hand.whyKilled()).as("the first reason stays").isEqualTo("first");
        assertThat(worker.started()).isFalse();
    }

    @Test
    void aKillEndsTheProcess() {
        worker.ready();
        hand.kill("why not");
        assertThat(worker.process.kills).isOne();
        assertThat(DeathReport.reason(hand, "anything")).isEqualTo("why not");
    }

    @Test
    void whatFailedOnOurSideIsTheReasonUnlessWeKilledIt() {
        worker.ready();
        worker.process.code = 0;
        assertThat(DeathReport.reason(hand, "it sent what is no message")).isEqualTo("it sent what is no message");
    }

    @Test
    void whoeverNeverCameIsSaidNeverToHaveBeenStarted() {
        assertThat(DeathReport.reason(hand, null)).isEqualTo("it was never started");
        assertThat(DeathReport.of(hand, "a", "why").exitCode()).isNull();
    }

    @Test
    void whoeverEndedBeforeItWasReadyIsTakenAtItsWord() {
        worker.started();
        worker.process.code = 1;
        assertThat(DeathReport.reason(hand, null))
                .isEqualTo("a worker ended before it was ready, exit code 1, and said:\n    its last words");
    }

    @ParameterizedTest
    @CsvSource({
        "139, it crashed in native code",
        "134, it crashed in native code",
        "135, it crashed in native code",
        "132, it crashed in native code",
        "136, it crashed in native code",
        "137, it was killed from outside",
        "143, it was killed from outside",
        "0, 'it ended without a word, as by Runtime.halt or a native exit'",
        "70, 'it ended without a word, as by Runtime.halt or a native exit'"
    })
    void howItEndedIsToldByItsExitCode(int code, String reason) {
        worker.ready();
        worker.process.code = code;
        assertThat(DeathReport.reason(hand, null)).startsWith(reason);
    }

    @Test
    void anExitThatItAnnouncedIsCalledSo() {
        worker.ready();
        worker.process.code = 0;
        hand.departing = true;
        assertThat(DeathReport.reason(hand, null)).isEqualTo("something in it called System.exit");
    }

    @Test
    void aCertificateTellsACodeOrASignalAndNeverBoth() {
        worker.ready();
        worker.submit("a");
        hand.feed(0);
        worker.process.code = 3;
        var exited = DeathReport.of(hand, "a", "why");
        assertThat(exited.exitCode()).isEqualTo(3);
        assertThat(exited.signal()).isNull();
        assertThat(exited.tasksRun()).isEqualTo(1);
        assertThat(exited.lastOutput()).containsExactly("its last words");
        assertThat(exited.residentBytes())
                .as("resident memory that was never read")
                .isNull();
        assertThat(exited.crashLog()).isNull();
        worker.process.code = 139;
        var crashed = DeathReport.of(hand, "a", "why");
        assertThat(crashed.exitCode()).isNull();
        assertThat(crashed.signal()).isEqualTo("SIGSEGV");
    }
}
