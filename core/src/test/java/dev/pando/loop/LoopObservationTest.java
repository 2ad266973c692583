package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a loop shows to the outside. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class LoopObservationTest {

    @Test
    void aCoroutineThatHoldsTheLoopIsReportedWithItsStackWhileItStillDoes() {
        LinkedBlockingQueue<String> reports = new LinkedBlockingQueue<>();
        Loop loop = Loop.create().warnAfter(Duration.ofMillis(20)).reportTo(reports::add);
        Loop.run(loop, () -> {
            TaskFuture<String> hog = Loop.spawn("hog", () -> {
                String report = hold(reports);
                while (!report.contains("LoopObservationTest.hold")) {
                    Loop.yield(); // the machine stood still before it was there; of a turn there is one report
                    report = hold(reports);
                }
                return report;
            });
            assertThat(Loop.await(hog)).contains("hog-2 has held loop").contains("LoopObservationTest.hold");
        });
    }

    /** Without Loop.await: ends only after the report. Returns that, and none of another that the machine held up. */
    private static String hold(BlockingQueue<String> reports) throws InterruptedException {
        String report = reports.take();
        while (!report.startsWith("hog-2 has held loop")) {
            report = reports.take();
        }
        return report;
    }

    @Test
    void aReportThatFailsCostsTheLoopNothing() {
        CountDownLatch reported = new CountDownLatch(1);
        Loop loop = Loop.create().warnAfter(Duration.ofMillis(5)).reportTo(report -> {
            reported.countDown();
            throw new IllegalStateException("who reports the reporter?");
        });
        Loop.run(loop, () -> {
            reported.await();
            Loop.sleep(Duration.ofMillis(5)); // needs the alarm
            return null;
        });
    }

    @Test
    void aDumpShowsEveryCoroutineAndWhatItWaitsFor() {
        Loop.run(() -> {
            CountDownLatch in = new CountDownLatch(1);
            CountDownLatch out = new CountDownLatch(1);
            Mutex mutex = new Mutex();
            mutex.lock();
            Loop.spawn("sleeper", () -> Loop.sleep(Duration.ofHours(1)));
            Loop.spawn("locker", () -> mutex.lock());
            Loop.spawn("caller", () -> {
                Loop.await(() -> {
                    in.countDown();
                    out.await();
                });
                return null;
            });
            TaskFuture<Void> sleeping = Loop.spawn(() -> Loop.sleep(Duration.ofHours(1)));
            Loop.spawn("joiner", () -> Loop.await(sleeping));
            Loop.await(() -> in.await());
            Loop.yield();
            Loop.spawn("newcomer", () -> Loop.yield());
            String dump = Loop.dump();
            assertThat(dump.lines().skip(1).map(line -> line.replaceAll("\\d+ ms", "N ms")))
                    .containsExactly(
                            "  coroutine-1 runs",
                            "  sleeper-2 waits for the clock, since N ms",
                            "  locker-3 waits for Mutex[coroutine-1 has it], since N ms",
                            "  caller-4 is in a blocking call, since N ms",
                            "  coroutine-5 waits for the clock, since N ms",
                            "  joiner-6 waits for TaskFuture[coroutine-5, running], since N ms",
                            "  newcomer-7 has not begun");
            out.countDown();
        });
    }

    @Test
    void aDumpFromAnotherThreadShowsALoopThatIsHeld() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Thread runs = Thread.ofPlatform()
                .start(() -> Loop.run(Loop.create().warnAfter(Duration.ZERO), () -> {
                    held.countDown();
                    seen.await();
                    return null;
                }));
        held.await();
        String dump = Loop.dump();
        seen.countDown();
        runs.join();
        assertThat(dump).contains("1 coroutines").contains("coroutine-1 runs");
    }

    @Test
    void threadsAreCalledAfterTheirLoopAndTheirCoroutine() {
        Loop.run(() -> {
            assertThat(Thread.currentThread().getName()).startsWith("loop");
            TaskFuture<String> name =
                    Loop.spawn("fetch", () -> Thread.currentThread().getName());
            assertThat(Loop.await(name)).startsWith("loop").endsWith(" fetch-2");
            assertThat(name).hasToString("TaskFuture[fetch-2, returned String]");
        });
    }
}
