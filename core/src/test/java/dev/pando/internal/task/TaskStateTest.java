package dev.pando.internal.task;

import static dev.pando.internal.task.TaskState.CANCELLED;
import static dev.pando.internal.task.TaskState.EXPIRED;
import static dev.pando.internal.task.TaskState.FAILED;
import static dev.pando.internal.task.TaskState.PENDING;
import static dev.pando.internal.task.TaskState.RUNNING;
import static dev.pando.internal.task.TaskState.SETTLING;
import static dev.pando.internal.task.TaskState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.task.TaskState.Cancel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of transitions: every method from every phase, also with a report of an earlier attempt. */
class TaskStateTest {

    private static final class Bare extends TaskState {
        Bare() {
            super("work");
        }
    }

    private record Move(String name, Function<TaskState, Object> apply) {}

    /** A row: in phase {@code from}, the move returns {@code answer} and leads to phase {@code to}. */
    record Row(String phase, int from, String move, Object answer, int to) {
        @Override
        public String toString() {
            return move + " from " + phase;
        }
    }

    private static final String[] NAMES = {
        "PENDING", "RUNNING", "EXPIRED", "SETTLING", "SUCCEEDED", "FAILED", "CANCELLED"
    };

    private static final List<Move> MOVES = List.of(
            new Move("toRunning", TaskState::toRunning),
            new Move("claim(1)", state -> state.claim(1)),
            new Move("claim(2)", state -> state.claim(2)),
            new Move("claimExpired(1)", state -> state.claimExpired(1)),
            new Move("claimExpired(2)", state -> state.claimExpired(2)),
            new Move("claimByHand(false)", state -> state.claimByHand(false)),
            new Move("claimByHand(true)", state -> state.claimByHand(true)),
            new Move("toPending(1)", state -> state.toPending(1)),
            new Move("toPending(2)", state -> state.toPending(2)),
            new Move("toExpired(1)", state -> state.toExpired(1)),
            new Move("toExpired(2)", state -> state.toExpired(2)),
            new Move("toCancelled(false)", state -> state.toCancelled(false)),
            new Move("toCancelled(true)", state -> state.toCancelled(true)));

    static Stream<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (int phase = PENDING; phase <= CANCELLED; phase++) {
            for (Move move : MOVES) {
                boolean waitsForTheClaimant = phase == SETTLING && move.name.startsWith("toCancelled");
                if (!waitsForTheClaimant) {
                    rows.add(new Row(NAMES[phase], phase, move.name, answer(phase, move.name), next(phase, move.name)));
                }
            }
        }
        return rows.stream();
    }

    /** The allowed moves, written as the exceptions from "nothing happens". */
    private static Object answer(int phase, String move) {
        return switch (move) {
            case "toRunning" -> phase == PENDING ? 1 : 0;
            case "claim(1)", "toExpired(1)" -> phase == RUNNING;
            case "claimExpired(1)" -> phase == EXPIRED;
            case "claimByHand(false)" -> phase == PENDING;
            case "claimByHand(true)" -> phase == PENDING || phase == RUNNING;
            case "toPending(1)" -> phase == RUNNING || phase == EXPIRED;
            case "toCancelled(false)" ->
                switch (phase) {
                    case PENDING -> Cancel.UNBEGUN;
                    case CANCELLED -> Cancel.ALREADY_CANCELLED;
                    default -> Cancel.TOO_LATE;
                };
            case "toCancelled(true)" ->
                switch (phase) {
                    case PENDING -> Cancel.UNBEGUN;
                    case RUNNING, EXPIRED -> Cancel.TELL_WORKER;
                    case CANCELLED -> Cancel.ALREADY_CANCELLED;
                    default -> Cancel.TOO_LATE;
                };
            default -> false;
        };
    }

    private static int next(int phase, String move) {
        Object answer = answer(phase, move);
        if (answer.equals(false) || answer.equals(0) || answer == Cancel.TOO_LATE) {
            return phase;
        }
        return switch (move) {
            case "toRunning" -> RUNNING;
            case "toExpired(1)" -> EXPIRED;
            case "toPending(1)" -> PENDING;
            case "toCancelled(false)", "toCancelled(true)" -> CANCELLED;
            default -> SETTLING;
        };
    }

    /** A state in its first attempt (pending: none) that came to this phase by the ordinary moves. */
    private static TaskState in(int phase) {
        TaskState state = new Bare();
        if (phase == PENDING) {
            return state;
        }
        if (phase == CANCELLED) {
            state.toCancelled(false);
            return state;
        }
        state.toRunning();
        if (phase == EXPIRED) {
            state.toExpired(1);
            state.stopDelivered();
        }
        if (phase >= SETTLING) {
            state.claim(1);
        }
        if (phase > SETTLING) {
            state.publish(phase, "outcome", false);
        }
        return state;
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyMoveFromEveryPhase(Row row) {
        TaskState state = in(row.from);
        assertThat(state.phase()).isEqualTo(row.from);
        Move move =
                MOVES.stream().filter(m -> m.name.equals(row.move)).findFirst().orElseThrow();
        assertThat(move.apply.apply(state)).isEqualTo(row.answer);
        assertThat(state.phase()).isEqualTo(row.to);
        assertThat(state.ended()).isEqualTo(row.to >= SUCCEEDED);
    }

    @Test
    void aCancellationWaitsForWhoIsSettlingAndThenIsTooLate() throws Exception {
        TaskState state = in(SETTLING);
        List<Cancel> answers = new ArrayList<>();
        Thread canceller = Thread.ofPlatform().start(() -> answers.add(state.toCancelled(true)));
        while (canceller.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        state.publish(SUCCEEDED, "value", false);
        assertThat(canceller.join(Duration.ofSeconds(30))).isTrue();
        assertThat(answers).containsExactly(Cancel.TOO_LATE);
        assertThat(state.outcome()).isEqualTo("value");
    }

    @Test
    void theOutcomeIsNeverTakenForTheWork() {
        for (int phase : new int[] {SUCCEEDED, FAILED}) {
            assertThat(in(phase).work()).isNull();
        }
        TaskState state = in(RUNNING);
        assertThat(state.work()).isEqualTo("work");
        assertThat(state.claim(1)).isTrue();
        assertThat(state.work()).as("the outcome may come at any moment").isNull();
        assertThat(state.claimedWork()).isEqualTo("work");
        state.publish(SUCCEEDED, "value", false);
        assertThat(state.work()).isNull();
        assertThat(state.outcome()).isEqualTo("value");
    }

    @Test
    void eachBeginCountsAnAttemptAndReportsOfEarlierOnesChangeNothing() {
        TaskState state = new Bare();
        for (int attempt = 1; attempt <= 1_000; attempt++) {
            assertThat(state.toRunning()).isEqualTo(attempt);
            assertThat(state.claim(attempt - 1)).isFalse();
            assertThat(state.toExpired(attempt - 1)).isFalse();
            assertThat(state.toPending(attempt - 1)).isFalse();
            assertThat(state.toExpired(attempt)).isTrue();
            assertThat(state.claimExpired(attempt - 1)).isFalse();
            state.stopDelivered();
            assertThat(state.toPending(attempt)).isTrue();
        }
        assertThat(state.attempts()).isEqualTo(1_000);
        assertThat(state.stopping() || state.occupied()).isFalse();
    }

    @Test
    void attemptsSurviveEveryEnd() {
        for (int end : new int[] {SUCCEEDED, FAILED}) {
            assertThat(in(end).attempts()).isEqualTo(1);
        }
        TaskState cancelled = in(RUNNING);
        cancelled.toCancelled(true);
        assertThat(cancelled.attempts()).isEqualTo(1);
        assertThat(in(CANCELLED).attempts()).isZero();
    }

    @Test
    void aTaskEndedFromOutsideIsOccupiedAndStoppingUntilToldAndVacated() {
        TaskState state = in(RUNNING);
        state.toCancelled(true);
        assertThat(state.stopping() && state.occupied()).isTrue();
        state.stopDelivered();
        assertThat(state.stopping()).isFalse();
        assertThat(state.occupied()).isTrue();
        assertThat(state.work()).isEqualTo("work");
        state.vacate();
        assertThat(state.occupied()).isFalse();
        assertThat(state.work()).as("a cancelled task holds on to nothing").isNull();
        assertThat(state.phase()).isEqualTo(CANCELLED);
    }

    @Test
    void aTaskThatTimedOutKeepsItsOutcomeWhenTheWorkerIsOut() {
        TaskState state = in(RUNNING);
        state.claim(1);
        state.publish(FAILED, "timed out", true);
        assertThat(state.stopping() && state.occupied()).isTrue();
        state.stopDelivered();
        state.vacate();
        assertThat(state.outcome()).isEqualTo("timed out");
        assertThat(state.phase()).isEqualTo(FAILED);
    }

    @Test
    void anExpiredAttemptIsStoppingAndItsFlagsDoNotReachTheNextOne() {
        TaskState state = in(RUNNING);
        state.toExpired(1);
        assertThat(state.stopping()).isTrue();
        assertThat(state.occupied()).isFalse();
        assertThat(state.toCancelled(false)).isEqualTo(Cancel.TOO_LATE);
        state.stopDelivered();
        state.toPending(1);
        state.toRunning();
        assertThat(state.stopping() || state.occupied()).isFalse();
        assertThat(state.claim(2)).isTrue();
    }

    /** The second move on an expired attempt waits until the first has told the worker. */
    @ParameterizedTest
    @ValueSource(strings = {"claimExpired(1)", "toCancelled(true)", "toPending(1)"})
    void oneAtATimeTellsTheWorker(String second) throws Exception {
        TaskState state = in(RUNNING);
        state.toExpired(1);
        Move move =
                MOVES.stream().filter(m -> m.name.equals(second)).findFirst().orElseThrow();
        List<Object> answers = new CopyOnWriteArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread other = Thread.ofPlatform().start(() -> {
            started.countDown();
            answers.add(move.apply.apply(state));
        });
        started.await();
        for (int i = 0; i < 10_000; i++) {
            Thread.onSpinWait(); // time for the other thread to be wrong
        }
        assertThat(answers).isEmpty();
        assertThat(state.phase()).isEqualTo(EXPIRED);
        state.stopDelivered();
        assertThat(other.join(Duration.ofSeconds(30))).isTrue();
        assertThat(answers).containsExactly(answer(EXPIRED, second));
        assertThat(state.phase()).isEqualTo(next(EXPIRED, second));
    }
}
