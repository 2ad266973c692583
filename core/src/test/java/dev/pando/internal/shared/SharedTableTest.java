package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedPipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table among threads that call at once. */
class SharedTableTest {
    private static final int PAIRS = 4;
    private static final int ROUNDS = 20_000;
    private static final long SUM = (long) ROUNDS * (ROUNDS - 1) / 2;

    /**
     * One thread's call waits while another thread's call ends: the list of the calls that have ended, which is read
     * without the lock, must be that thread's alone.
     */
    @Test
    void aCallThatEndsIsToldByTheThreadThatEndedItAlone() {
        try (Pool pool = Pool.open(Threads.of(2 * PAIRS))) {
            List<TaskFuture<Long>> all = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                SharedPipe<Integer, Integer> pipe = pool.shared().pipe();
                all.add(pool.submit(() -> echo(pipe.right())));
                all.add(pool.submit(() -> ask(pipe.left())));
            }
            assertThat(all).allSatisfy(each -> assertThat(each.result()).isEqualTo(SUM));
        }
    }

    /** A pool may have 65 536 at a time, so what was closed must leave nothing. */
    @Test
    @Tag("slow")
    void aMillionConstructsOneAfterTheOtherLeaveNothing() {
        try (Pool pool = Pool.open(Threads.of(1))) {
            for (int i = 0; i < 1_000_000; i++) {
                SharedCounter counter = pool.shared().counter();
                counter.close();
            }
            assertThat(pool.shared().counter().increment()).isOne();
        }
    }

    private static long echo(SharedPipe.PipeEnd<Integer, Integer> end) throws InterruptedException {
        long sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            int received = end.receive();
            sum += received;
            end.send(received);
        }
        return sum;
    }

    private static long ask(SharedPipe.PipeEnd<Integer, Integer> end) throws InterruptedException {
        long sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            end.send(i);
            sum += end.receive();
        }
        return sum;
    }
}
