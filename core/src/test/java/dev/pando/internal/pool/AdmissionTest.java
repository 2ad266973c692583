package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.deadlock.BlockingWait;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final PoolCore pool = new WorkerlessPool().pool;
    private final Admission admission = new Admission(2, () -> 0);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Thread> started = new ArrayList<>();
    private volatile boolean closed;

    @AfterEach
    void noThreadStaysBehind() throws Exception {
        for (Thread thread : started) {
            thread.join();
        }
    }

    private Thread waiter(String name, BooleanSupplier isClosed) {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                log.add(name + (admission.awaitRoom(pool, isClosed, BlockingWait.NEVER) ? " in" : " sent away"));
            } catch (InterruptedException e) {
                log.add(name + " " + e.getClass().getSimpleName()
                        + (Thread.currentThread().isInterrupted() ? "!" : ""));
            }
        });
        started.add(thread);
        return thread;
    }

    private Thread parked(String name) {
        Thread thread = waiter(name, () -> closed);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private void fill() {
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.tryEnter()).isFalse();
    }

    @Test
    void countsUpToTheBoundAndNotBeyond() {
        assertThat(admission.bound()).isEqualTo(2);
        fill();
        assertThat(admission.waiting()).isEqualTo(2);
        admission.leave();
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.tryEnter()).isFalse();
    }

    @Test
    void aTaskThatEntersAnywayCountsAndKeepsOthersOut() {
        fill();
        admission.enterAnyway();
        admission.leave();
        assertThat(admission.waiting()).isEqualTo(2);
        assertThat(admission.tryEnter()).isFalse();
    }

    @Test
    void roomThatIsThereIsNotWaitedFor() throws Exception {
        waiter("a", () -> false).join();
        assertThat(log).containsExactly("a in");
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void eachPlaceLetsOneInTheOneThatStoodFirst() throws Exception {
        fill();
        Thread a = parked("a");
        Thread b = parked("b");
        admission.leave();
        a.join();
        assertThat(log).containsExactly("a in");
        assertThat(b.isAlive()).isTrue();
        admission.leave();
        b.join();
        assertThat(log).containsExactly("a in", "b in");
        assertThat(admission.waiting()).isEqualTo(2);
    }

    @Test
    void anInterruptedSubmitterHasNotEnteredAndKeepsItsFlag() throws Exception {
        fill();
        Thread a = parked("a");
        a.interrupt();
        a.join();
        assertThat(log).containsExactly("a InterruptedException");
        assertThat(admission.waiting()).isEqualTo(2);
    }

    @Test
    void aPlaceMeantForOneThatGaveUpGoesToTheNext() throws Exception {
        fill();
        Thread a = parked("a");
        Thread b = parked("b");
        a.interrupt();
        admission.leave();
        a.join();
        if (log.contains("a in")) {
            admission.leave(); // a saw the place before the interrupt
        }
        b.join();
        assertThat(log).contains("b in");
    }

    @Test
    void closingSendsEverybodyAway() throws Exception {
        fill();
        Thread a = parked("a");
        Thread b = parked("b");
        closed = true;
        admission.wakeAll();
        a.join();
        b.join();
        assertThat(log).containsExactlyInAnyOrder("a sent away", "b sent away");
        assertThat(admission.waiting()).isEqualTo(2);
    }

    @Test
    void aClosedPoolAdmitsNoTaskThoughThereIsRoom() throws Exception {
        waiter("a", () -> true).join();
        assertThat(log).containsExactly("a sent away");
        assertThat(admission.waiting()).isZero();
    }
}
