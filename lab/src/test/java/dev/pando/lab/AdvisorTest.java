package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Fn;
import dev.pando.TaskFailedException;
import dev.pando.lab.advise.Recommendation;
import dev.pando.lab.advise.WorkKind;
import dev.pando.lab.advise.WorkerKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the adviser measures and reports. {@code advise/ExhaustiveTest} judges how good its advice is. */
@ExtendWith(NoProcessLeft.class)
class AdvisorTest {

    /** Asks again where the machine was too busy to tell, which the adviser says. */
    static <A, T> Recommendation advice(Fn<A, T> fn, List<A> sample) {
        Recommendation found;
        do {
            found = Advisor.of(fn, sample).budget(Duration.ofSeconds(2)).recommend();
        } while (found.callProfile().kind() == WorkKind.UNKNOWN);
        return found;
    }

    @Test
    void waitingIsSeenAndAnsweredWithManyWorkers() {
        Recommendation found = advice(AdvisorTest::nap, List.of(5));
        assertThat(found.callProfile().waitShare()).isGreaterThan(0.5);
        assertThat(found.best().workerKind()).isIn(WorkerKind.VIRTUAL, WorkerKind.THREADS);
        assertThat(found.gain()).isGreaterThan(2);
        assertThat(found.code("Naps::nap"))
                .contains("Pool.open(" + found.best().code() + ")", "pool.map(Naps::nap, inputs)");
        assertThat(found.curve())
                .extracting(point -> point.workerCandidate().workerKind())
                .contains(WorkerKind.CALLER, WorkerKind.THREADS, WorkerKind.VIRTUAL, WorkerKind.PROCESSES);
    }

    @Test
    void whatCannotTravelIsNotTriedInProcesses() {
        ReentrantLock lock = new ReentrantLock();
        Object thing = new Object();
        Recommendation found = advice(
                n -> {
                    lock.lock();
                    lock.unlock();
                    return thing.hashCode() + n;
                },
                List.of(1));
        assertThat(found.callProfile().travels()).isFalse();
        assertThat(found.remarks()).anyMatch(remark -> remark.startsWith("processes were not tried"));
        assertThat(found.curve()).noneMatch(point -> point.workerCandidate().workerKind() == WorkerKind.PROCESSES);
    }

    @Test
    void sizesAreWhatTravels() {
        Recommendation found = advice((byte[] argument) -> argument.length, List.of(new byte[100_000]));
        assertThat(found.callProfile().argumentBytes().orElse(0)).isBetween(100_000L, 100_200L);
        assertThat(found.callProfile().resultBytes().orElse(0)).isLessThan(200);
    }

    @Test
    void aFunctionThatFailsCannotBeAdvised() {
        assertThatThrownBy(() -> advice(
                        n -> {
                            throw new IllegalStateException("no");
                        },
                        List.of(1)))
                .isInstanceOf(TaskFailedException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void withoutASampleThereIsNothingToTry() {
        assertThatThrownBy(() -> Advisor.of(AdvisorTest::nap, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample");
    }

    private static int nap(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }
}
