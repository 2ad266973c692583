package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.util.SystemTimer;
import dev.pando.spi.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The small parts of the engine that depend on time: the timer, the memory watchdog, and the JVM keep-alive thread. */
class PatienceTest {

    private static Thread thread(String name) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(name)).findFirst().orElse(null);
    }

    @Test
    void anAlarmRingsOnADaemonNotBeforeItsTime() throws Exception {
        SystemTimer patience = new SystemTimer("p1-patience");
        assertThat(thread("p1-patience")).as("thread before the first alarm").isNull();
        List<Thread> rung = new ArrayList<>();
        CountDownLatch ring = new CountDownLatch(1);
        long before = patience.nanoTime();
        patience.after(20_000_000, () -> {
            rung.add(Thread.currentThread());
            ring.countDown();
        });
        ring.await();
        assertThat(patience.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
        assertThat(rung.getFirst().isDaemon()).isTrue();
        assertThat(rung.getFirst().getName()).isEqualTo("p1-patience");
        patience.close();
        rung.getFirst().join();
    }

    @Test
    void aCancelledAlarmDoesNotRingAndWhatAnAlarmThrowsHurtsNoOther() throws Exception {
        SystemTimer patience = new SystemTimer("p2-patience");
        List<String> rung = new ArrayList<>();
        CountDownLatch ring = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        patience.after(0, () -> await(free)); // so that no alarm rings before its cancellation
        Timer.Alarm cancelled = patience.after(1_000_000, () -> rung.add("cancelled"));
        cancelled.cancel();
        patience.after(1_000_000, () -> { throw new IllegalStateException("on purpose"); });
        patience.after(5_000_000, ring::countDown);
        free.countDown();
        ring.await();
        assertThat(rung).isEmpty();
        patience.close();
    }

    @Test
    void afterTheEndNobodyIsPatientAndNobodyIsThere() throws Exception {
        SystemTimer patience = new SystemTimer("p3-patience");
        patience.after(Long.MAX_VALUE, () -> {});
        Thread thread = thread("p3-patience");
        patience.close();
        if (thread != null) thread.join();
        patience.after(0, () -> { throw new AssertionError(); }).cancel();
        assertThat(thread("p3-patience")).isNull();
    }

    /** A clock that the test moves. */
    private static final class Hands implements Timer {
        final ArrayDeque<Runnable> alarms = new ArrayDeque<>();

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Alarm after(long nanos, Runnable alarm) {
            alarms.add(alarm);
            return () -> alarms.remove(alarm);
        }
    }

    private final Hands hands = new Hands();
    private int looks;
    private boolean atWork;

    private Scales scales(long cap, BooleanSupplier weigh) {
        return new Scales(hands, cap, () -> {
            looks++;
            return weigh.getAsBoolean();
        });
    }

    @Test
    void whereThereIsNoCapNobodyLooks() {
        scales(0, () -> true).watch();
        assertThat(hands.alarms).isEmpty();
    }

    @Test
    void somebodyLooksAgainAndAgainWhileAnybodyWorksAndNobodyWhenNobodyDoes() {
        Scales scales = scales(1, () -> atWork);
        atWork = true;
        for (int i = 0; i < 5; i++) scales.watch();
        assertThat(hands.alarms).as("alarms after five calls").hasSize(1);
        for (int i = 0; i < 10; i++) {
            hands.alarms.remove().run();
            assertThat(hands.alarms).hasSize(1);
        }
        assertThat(looks).isEqualTo(10);
        atWork = false;
        hands.alarms.remove().run();
        assertThat(hands.alarms).isEmpty();
        scales.watch();
        assertThat(hands.alarms).as("alarms after another call").hasSize(1);
    }

    @Test
    void whoeverBeginsToWorkWhileTheLookingEndsIsLookedAt() {
        Scales[] scales = new Scales[1];
        scales[0] = scales(1, () -> {
            if (looks != 1) return true;
            scales[0].watch(); // of no effect: the watchdog still runs
            return false;
        });
        scales[0].watch();
        hands.alarms.remove().run();
        assertThat(looks).isEqualTo(2);
        assertThat(hands.alarms).hasSize(1);
    }

    @Test
    void theKeeperIsThereWhileThereIsWorkAndKeepsTheProgramAlive() throws Exception {
        Keeper keeper = new Keeper("k1");
        keeper.atWork(false);
        assertThat(thread("k1-keeper")).as("keeper of a pool at rest").isNull();
        keeper.atWork(true);
        Thread thread = thread("k1-keeper");
        assertThat(thread.isDaemon()).isFalse();
        keeper.atWork(true);
        keeper.atWork(false);
        keeper.atWork(true);
        assertThat(thread("k1-keeper")).isSameAs(thread);
        keeper.leave();
        thread.join();
    }

    @Test
    void theKeeperGoesByItselfWhenNothingIsDoneAnyMoreAndComesBack() throws Exception {
        Keeper keeper = new Keeper("k2");
        keeper.atWork(true);
        Thread thread = thread("k2-keeper");
        keeper.atWork(false);
        thread.join();
        keeper.atWork(true);
        assertThat(thread("k2-keeper")).isNotNull().isNotSameAs(thread);
        Thread second = thread("k2-keeper");
        keeper.leave();
        second.join();
        keeper.leave();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
