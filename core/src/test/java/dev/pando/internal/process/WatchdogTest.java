package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.spi.Timer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The small parts of the engine that know of time: what looks again and again, and what keeps the program alive. */
class WatchdogTest {

    private static Thread thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Time that goes by when the test says so. */
    private static final class Hands implements Timer {
        final ArrayDeque<Runnable> alarms = new ArrayDeque<>();
        boolean broken;

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Alarm after(long nanos, Runnable alarm) {
            if (broken) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            alarms.add(alarm);
            return () -> alarms.remove(alarm);
        }
    }

    private final Hands hands = new Hands();
    private int looks;
    private boolean atWork;

    private WorkWatchdog scales(long every, BooleanSupplier weigh) {
        return new WorkWatchdog(hands, every, () -> {
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
        WorkWatchdog watchdog = scales(1, () -> atWork);
        atWork = true;
        for (int i = 0; i < 5; i++) {
            watchdog.watch();
        }
        assertThat(hands.alarms).as("alarms after five calls").hasSize(1);
        for (int i = 0; i < 10; i++) {
            hands.alarms.remove().run();
            assertThat(hands.alarms).hasSize(1);
        }
        assertThat(looks).isEqualTo(10);
        atWork = false;
        hands.alarms.remove().run();
        assertThat(hands.alarms).isEmpty();
        watchdog.watch();
        assertThat(hands.alarms).as("alarms after another call").hasSize(1);
    }

    @Test
    void anAlarmThatCannotBeSetCostsTheTaskNothingAndTheNextTaskSetsOne() {
        WorkWatchdog watchdog = scales(1, () -> true);
        hands.broken = true;
        watchdog.watch();
        hands.broken = false;
        watchdog.watch();
        assertThat(hands.alarms).hasSize(1);
    }

    @Test
    void aLookThatFailsIsNotTheLast() {
        WorkWatchdog watchdog = scales(1, () -> {
            throw new OutOfMemoryError("injected");
        });
        watchdog.watch();
        hands.alarms.remove().run();
        assertThat(hands.alarms).hasSize(1);
    }

    @Test
    void whoeverBeginsToWorkWhileTheLookingEndsIsLookedAt() {
        WorkWatchdog[] scales = new WorkWatchdog[1];
        scales[0] = scales(1, () -> {
            if (looks != 1) {
                return true;
            }
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
        long anHour = 3_600_000; // a rest of any length does not end the keeper
        JvmKeepAlive keepAlive = new JvmKeepAlive("k1", anHour, () -> false, Thread::start);
        keepAlive.atWork(false);
        assertThat(thread("k1-keeper")).as("keeper of a pool at rest").isNull();
        keepAlive.atWork(true);
        Thread thread = thread("k1-keeper");
        assertThat(thread.isDaemon()).isFalse();
        keepAlive.atWork(true);
        keepAlive.atWork(false);
        keepAlive.atWork(true);
        assertThat(thread("k1-keeper")).isSameAs(thread);
        keepAlive.leave();
        thread.join();
    }

    @Test
    void aKeeperThatCouldNotBeStartedIsStartedAtTheNextCall() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        JvmKeepAlive keepAlive = new JvmKeepAlive("k3", 1000, () -> false, thread -> {
            if (starts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("injected");
            }
            thread.start();
        });
        keepAlive.atWork(true);
        assertThat(thread("k3-keeper")).as("keeper that could not be started").isNull();
        keepAlive.atWork(true);
        Thread thread = thread("k3-keeper");
        assertThat(thread).as("keeper after another call").isNotNull();
        keepAlive.leave();
        thread.join();
    }

    @Test
    void theKeeperGoesByItselfWhenNothingIsDoneAnyMoreAndComesBack() throws Exception {
        JvmKeepAlive keepAlive = new JvmKeepAlive("k2", 1000, () -> false, Thread::start);
        keepAlive.atWork(true);
        Thread thread = thread("k2-keeper");
        keepAlive.atWork(false);
        thread.join();
        keepAlive.atWork(true);
        assertThat(thread("k2-keeper")).isNotNull().isNotSameAs(thread);
        Thread second = thread("k2-keeper");
        keepAlive.leave();
        second.join();
        keepAlive.leave();
    }
}
