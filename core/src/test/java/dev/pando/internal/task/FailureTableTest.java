package dev.pando.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlockException;
import dev.pando.NotSendableException;
import dev.pando.TaskFailedException;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import dev.pando.internal.pool.WorkerlessPool;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The failure table, row by row: what an engine reports → what the user sees. */
class FailureTableTest {
    private final TaskCell<Object> task = new WorkerlessPool().task();

    private TaskCell<Object> failed(Failure failure) {
        task.begin(new WorkerSeat(task.options().pool(), "w-7", null, true));
        task.fail(1, failure);
        return task;
    }

    @Test
    void whatTheTaskThrewIsTheCauseUntouchedAndTheWrapperIsNew() {
        Exception thrown = new Exception("no");
        failed(new Failure.Threw(thrown));
        assertThat(task.exception()).isSameAs(thrown);
        assertThatThrownBy(task::result)
                .isInstanceOf(TaskFailedException.class)
                .hasMessage("task-1 threw java.lang.Exception: no")
                .cause()
                .isSameAs(thrown);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(task::result))
                .isNotSameAs(org.assertj.core.api.Assertions.catchThrowable(task::result));
        assertThat(thrown.getSuppressed()).isEmpty();
    }

    @Test
    void anErrorIsWhatTheTaskThrewLikeAnyOther() {
        Error thrown = new StackOverflowError();
        failed(new Failure.Threw(thrown));
        assertThatThrownBy(task::result)
                .isInstanceOf(TaskFailedException.class)
                .cause()
                .isSameAs(thrown);
    }

    @Test
    void anExceptionThatCannotSayWhatItIsIsStillTold() {
        failed(new Failure.Threw(new RuntimeException() {
            @Override
            public String toString() {
                throw new AssertionError("unspeakable");
            }
        }));
        assertThatThrownBy(task::result)
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("FailureTableTest$1 (whose toString threw java.lang.AssertionError)");
        assertThatThrownBy(task::get).hasMessageContaining("whose toString threw");
    }

    @Test
    void aDeadlockThatPassedThroughATaskStaysTheVerdictItIs() {
        DeadlockException circle = new DeadlockException("a waits for b", null);
        failed(new Failure.Threw(circle));
        assertThatThrownBy(task::result).isSameAs(circle);
    }

    @Test
    void aTimeoutSaysHowLongAndWhere() {
        StackTraceElement frame = new StackTraceElement("Shop", "count", "Shop.java", 42);
        failed(new Failure.TimedOut(List.of(frame, new StackTraceElement("Shop", "open", "Shop.java", 7))));
        assertThatThrownBy(task::result)
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        e -> assertThat(e.stuckAt()).startsWith(frame).hasSize(2))
                .hasMessageContainingAll(
                        "task-1", "1 ms", "stuck at Shop.count(Shop.java:42)", "at Shop.open(Shop.java:7)");
    }

    @Test
    void aTimeoutThatNobodySawSaysSoByBeingSilent() {
        failed(new Failure.TimedOut(List.of()));
        assertThatThrownBy(task::result)
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class, e -> assertThat(e.stuckAt()).isEmpty())
                .hasMessageNotContaining("stuck")
                .hasMessageNotContaining("was here");
    }

    @Test
    void whatCannotTravelSaysWhichWayAndWhere() {
        Throwable cause = new java.io.NotSerializableException("Shop");
        for (Direction direction : Direction.values()) {
            TaskCell<Object> one = new WorkerlessPool().task();
            one.begin(new WorkerSeat(one.options().pool(), "w-7", null, true));
            one.fail(
                    1,
                    new Failure.Unsendable(new UnsendableException(
                            direction, "field shop", "cannot be sent: field shop: mend it", cause)));
            boolean result = direction == Direction.RESULT;
            assertThatThrownBy(one::result)
                    .isInstanceOfSatisfying(NotSendableException.class, e -> {
                        assertThat(e.isResult()).isEqualTo(result);
                        assertThat(e.path()).isEqualTo("field shop");
                        assertThat(e).hasCause(cause);
                    })
                    .hasMessage((result ? "the result of task-1" : "task-1") + " cannot be sent: field shop: mend it");
        }
    }

    @Test
    void aLostWorkerTellsAllThatIsKnown() {
        failed(new Failure.Lost(
                Progress.MAY_HAVE_RUN,
                new Failure.Death(
                        "killed",
                        137,
                        "SIGKILL",
                        List.of("tick", "tock"),
                        Path.of("hs_err_pid1.log"),
                        List.of("C [libc] abort"),
                        300L << 20,
                        7,
                        5_000_000_000L)));
        assertThatThrownBy(task::result)
                .isInstanceOfSatisfying(WorkerLostException.class, e -> {
                    WorkerLoss loss = e.loss();
                    assertThat(loss.task()).isEqualTo("task-1");
                    assertThat(loss.worker()).isEqualTo("w-7");
                    assertThat(loss.exitCode()).hasValue(137);
                    assertThat(loss.signal()).hasValue("SIGKILL");
                    assertThat(loss.lastOutput()).containsExactly("tick", "tock");
                    assertThat(loss.crashLog()).hasValue(Path.of("hs_err_pid1.log"));
                    assertThat(loss.workerAge()).hasSeconds(5);
                })
                .hasMessageContainingAll(
                        "task-1 lost its worker w-7: killed",
                        "exit code 137",
                        "SIGKILL",
                        "may have run in part",
                        "hs_err_pid1.log",
                        "C [libc] abort",
                        "tick\n    tock");
    }

    @ParameterizedTest
    @EnumSource(Progress.class)
    void whatIsNotKnownIsAbsentAndTheAdviceFitsTheProgress(Progress progress) {
        failed(new Failure.Lost(progress, Failure.Death.of("gone", 0)));
        assertThatThrownBy(task::result)
                .isInstanceOfSatisfying(WorkerLostException.class, e -> {
                    assertThat(e.loss().exitCode()).isEmpty();
                    assertThat(e.loss().signal()).isEmpty();
                    assertThat(e.loss().crashLog()).isEmpty();
                    assertThat(e.loss().progress()).isEqualTo(progress);
                })
                .hasMessageContaining(
                        switch (progress) {
                            case NOT_STARTED -> "the task had not started";
                            case MAY_HAVE_RUN -> "the task may have run in part";
                            case RAN -> "the task ran, its result is lost";
                        })
                .hasMessageNotContainingAny("null", "exit code", "output", "crash log", "attempts");
    }
}
