package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.util.SystemTimer;
import dev.pando.process.Output;
import dev.pando.process.OutputSinks;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often one task that a resting worker is given takes the scheduler's lock; with a real worker. Each time the clock
 * is read once.
 */
class TaskWayTest {
    private static final int LOCKS = 3;

    private final SystemTimer clock = new SystemTimer("way-patience");
    private final AtomicInteger events = new AtomicInteger();
    private final OneByOne host = new OneByOne();
    private ProcessEngine engine;

    @AfterEach
    void close() throws Exception {
        host.over = true;
        engine.wake();
        assertThat(host.ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRestingWorkerThatIsGivenOneTaskTakesTheLockThreeTimes(int width) throws Exception {
        engine = new ProcessEngine(
                host, new ProcessSettings(width, "", OutputSinks.of(Output.discard())), new Counting(), clock::close);
        assertThat(answer()).as("the worker has started").isEqualTo(42);
        for (int i = 0; i < 10; i++) {
            int before = events.get();
            assertThat(answer()).isEqualTo(42);
            assertThat(events.get() - before).as("from the queue to rest").isLessThanOrEqualTo(LOCKS);
        }
    }

    private @Nullable Object answer() throws Exception {
        OneTask task = new OneTask(engine.pack((Callable<?> & Serializable) () -> 42));
        host.workerRests = false;
        host.line.add(task);
        engine.wake();
        Object answer = task.outcome.poll(30, TimeUnit.SECONDS);
        while (!host.workerRests) { // or else the worker's last look would meet the next task, and announce it too
            Thread.onSpinWait();
        }
        return answer;
    }

    private final class Counting implements Timer {
        @Override
        public long nanoTime() {
            events.incrementAndGet();
            return clock.nanoTime();
        }

        @Override
        public Alarm after(long nanos, Runnable alarm) {
            return clock.after(nanos, alarm);
        }
    }

    private final class OneTask implements Job {
        final LinkedBlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        private final Object packed;

        OneTask(Object packed) {
            this.packed = packed;
        }

        @Override
        public void run(Seat seat) {
            throw new AssertionError("here?");
        }

        @Override
        public int begin(Seat seat) {
            return 1;
        }

        @Override
        public void backInLine() {
            host.line.addFirst(this);
        }

        @Override
        public Object packedWork() {
            return packed;
        }

        @Override
        public void stuck(int attempt, List<StackTraceElement> frames) {}

        @Override
        public void cost(int attempt, Cost cost) {}

        @Override
        public boolean succeed(int attempt, @Nullable Object value) {
            return outcome.add(String.valueOf(value).equals("42") ? 42 : "not 42");
        }

        @Override
        public boolean fail(int attempt, Failure failure) {
            return outcome.add(failure);
        }

        @Override
        public boolean giveBack(int attempt) {
            return outcome.add("given back");
        }

        @Override
        public String name() {
            return "one";
        }
    }

    private final class OneByOne implements Host, Seat {
        final ConcurrentLinkedDeque<Job> line = new ConcurrentLinkedDeque<>();
        final CountDownLatch ended = new CountDownLatch(1);
        volatile boolean over;

        /** Set when the worker's thread has asked its last question after a task. */
        volatile boolean workerRests;

        @Override
        public String name() {
            return "way";
        }

        @Override
        public @Nullable Job next() {
            return line.poll();
        }

        @Override
        public boolean over() {
            if (Thread.currentThread().getName().matches("way-\\d+")) {
                workerRests = !engine.shell.isAtWork();
            }
            return over;
        }

        @Override
        public Seat arrive(String worker, @Nullable Thread thread) {
            return this;
        }

        @Override
        public Seat visit(boolean another) {
            return this;
        }

        @Override
        public boolean anyInLine() {
            return !line.isEmpty();
        }

        @Override
        public void ended() {
            ended.countDown();
        }

        @Override
        public void broken(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public boolean metered() {
            return false;
        }

        @Override
        public Timer timer() {
            return clock;
        }

        @Override
        public String worker() {
            return "way-1";
        }

        @Override
        public void leave() {}

        @Override
        public void lost(String reason) {}
    }
}
