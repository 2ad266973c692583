package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.internal.process.memory.MemoryPeek;
import dev.pando.internal.process.wire.RingPage;
import dev.pando.internal.process.wire.WordPeek;
import dev.pando.internal.shared.RingPeek;
import dev.pando.process.Processes;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues and pipes whose items lie in memory, where two workers need no message and may write what they like. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
@Timeout(60)
class HostileRingTest {
    private static final int MANY = 20_000;

    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    private static long lentBytes() {
        return MemoryPeek.held(ProgramMemory.lender())[0];
    }

    /** Answers each question with itself, until the other end is closed. */
    private static int echo(SharedPipe.PipeEnd<String, String> end) throws InterruptedException {
        int count = 0;
        try {
            while (true) {
                end.send(end.receive());
                count++;
            }
        } catch (SharedClosedException over) {
            return count;
        }
    }

    /** Puts numbers in until this worker was shown the ring. Returns how many. */
    private static int putUntilShown(SharedQueue<Integer> queue) throws Exception {
        int next = 0;
        while (RingPeek.page(queue) == null) {
            queue.put(next++);
        }
        return next;
    }

    /** Checks that each number comes in its turn, until the queue is closed. Returns the last. */
    private static int takeInTurn(SharedQueue<Integer> queue) {
        int next = 0;
        for (int each : queue) {
            if (each != next++) {
                throw new AssertionError(each + " instead of " + (next - 1));
            }
        }
        return next;
    }

    @Test
    void eachItemComesOnceAndInItsTurn() throws Exception {
        Pool pool = hostile.pool(one -> Processes.of(2));
        SharedQueue<Integer> queue = pool.shared().queue(100);
        TaskFuture<Integer> taking = pool.submit(() -> takeInTurn(queue));
        pool.submit(() -> {
                    for (int i = 0; i < MANY; i++) {
                        queue.put(i);
                    }
                    assertThat(RingPeek.page(queue)).isNotNull();
                    queue.close();
                })
                .result();
        assertThat(taking.result()).isEqualTo(MANY);
    }

    /** Threads of one worker put in and take out, and the program looks on. */
    @Test
    void manyThreadsAndOthersThatLookOnLoseNothing() throws Exception {
        Pool pool = hostile.pool(one -> Processes.of(2));
        SharedQueue<Integer> queue = pool.shared().queue(100);
        TaskFuture<Long> taking = pool.submit(() -> {
            long sum = 0;
            for (FutureTask<Long> each : inThreads(() -> sumOf(queue))) {
                sum += each.get();
            }
            return sum;
        });
        TaskFuture<?> putting = pool.submit(() -> {
            for (FutureTask<Long> each : inThreads(() -> putAll(queue))) {
                each.get();
            }
        });
        long taken = 0;
        while (!putting.isDone()) {
            Integer item = queue.poll(Duration.ofMillis(1));
            taken += item == null ? 0 : item;
            assertThat(queue.size()).isLessThanOrEqualTo(100);
        }
        queue.close();
        assertThat(taking.result() + taken).isEqualTo(2L * MANY * (MANY - 1) / 2);
    }

    private static List<FutureTask<Long>> inThreads(java.util.concurrent.Callable<Long> work) {
        List<FutureTask<Long>> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            all.add(new FutureTask<>(work));
            Thread.ofPlatform().start(all.getLast());
        }
        return all;
    }

    private static long sumOf(SharedQueue<Integer> queue) {
        long sum = 0;
        for (int each : queue) {
            sum += each;
        }
        return sum;
    }

    private static long putAll(SharedQueue<Integer> queue) throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
            queue.put(i);
        }
        return MANY;
    }

    @Test
    void twoTasksTalkThroughAPipeAndTheirMemoryGoesWithThem() throws Exception {
        Pool pool = hostile.pool(one -> Processes.of(2));
        long before = lentBytes();
        SharedPipe<String, String> pipe = pool.shared().pipe();
        SharedPipe.PipeEnd<String, String> left = pipe.left();
        TaskFuture<Integer> answering = pool.submit(() -> echo(pipe.right()));
        pool.submit(() -> {
                    for (int i = 0; i < MANY; i++) {
                        left.send("question " + i);
                        assertThat(left.receive()).isEqualTo("question " + i);
                    }
                    left.close();
                })
                .result();
        assertThat(answering.result()).isEqualTo(MANY);
        SharedBarrier met = pool.shared().barrier(2);
        TaskFuture<Integer> one = pool.submit(() -> met.await()); // each worker has been told before
        TaskFuture<Integer> other = pool.submit(() -> met.await());
        assertThat(one.result() + other.result()).isOne();
        assertThat(lentBytes()).isEqualTo(before);
    }

    @Test
    void anInterruptedThreadPutsNothingInAndTakesNothing() throws Exception {
        Pool pool = hostile.pool(one -> Processes.of(2));
        SharedQueue<Integer> queue = pool.shared().queue(100);
        TaskFuture<Integer> taking = pool.submit(() -> takeInTurn(queue));
        pool.submit(() -> {
                    int next = putUntilShown(queue);
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(() -> queue.put(-1)).isInstanceOf(InterruptedException.class);
                    queue.put(next);
                    queue.close();
                })
                .result();
        assertThat(taking.result()).isPositive();
    }

    @Test
    void nonsenseEndsThatQueueAndHarmsNothingElse() throws Exception {
        Pool pool = hostile.pool(one -> Processes.of(2));
        SharedQueue<Integer> other = pool.shared().queue(100);
        for (long nonsense : new long[] {0, -1, Long.MAX_VALUE, 1L << 40}) {
            SharedQueue<Integer> queue = pool.shared().queue(100);
            TaskFuture<Integer> taking = pool.submit(() -> takeInTurn(queue));
            pool.submit(() -> {
                        putUntilShown(queue);
                        RingPage page = RingPeek.page(queue);
                        for (int word : WordPeek.RING) {
                            WordPeek.write(page, word, nonsense);
                        }
                    })
                    .result();
            other.put(1);
            assertThat(other.take()).isOne();
            queue.close(); // of what has ended: no exception
            taking.exception(); // it may have believed what was written
        }
        hostile.assertUnharmed();
        assertThat(hostile.lost).isEmpty();
    }
}
