package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedSpace;
import java.io.Serializable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A pool of two workers, of which one dies in the middle of a use of a shared construct: nothing is lost but what was
 * its own, and no other caller waits in vain. Each test is a row of {@code docs/failures.md}, each way to die a cell.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedDeaths {
    private final Pools pools = new Pools();
    Pool pool;
    SharedSpace space;

    /** Where a worker that is to be frozen says its process number. */
    private SharedQueue<Long> frozen;

    /**
     * A way to die.
     *
     * @param chaos what the worker does; {@code null}: it says its number, is stopped by SIGSTOP, and killed
     */
    record Death(String name, @Nullable Chaos chaos) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Death> deaths() {
        return Stream.of(
                new Death("SIGKILL", Chaos.kill()),
                new Death("exit", Chaos.exit(3)),
                new Death("halt", Chaos.halt(9)),
                new Death("crash", Chaos.segfault()),
                new Death("freeze, then SIGKILL", null));
    }

    /** How a task dies: travels. */
    record Doom(@Nullable Chaos chaos, SharedQueue<Long> frozen) implements Serializable {
        void strike() throws Exception {
            if (chaos == null) {
                frozen.put(ProcessHandle.current().pid());
            } else {
                chaos.inCall().call();
            }
            new CountDownLatch(1).await(); // until it is killed
        }

        /** Strikes as soon as the calling thread waits. All that the wait needs is loaded. */
        void strikeWhenThisThreadWaits() {
            Thread waiting = Thread.currentThread();
            Thread.ofPlatform().daemon().start(() -> {
                while (waiting.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                try {
                    strike();
                } catch (Exception e) {
                    Runtime.getRuntime().halt(77);
                }
            });
        }
    }

    @BeforeAll
    void open() {
        pools.beforeEach(null);
        pool = pools.open(Pool.with(Processes.of(2)
                        .heap("48m")
                        .jvmArgs("--enable-native-access=ALL-UNNAMED", WorkerFixture.BRIEF)
                        .output(Output.discard()))
                .named(pools.name()));
        space = pool.shared();
        frozen = space.queue(1);
    }

    @BeforeEach
    void bothWorkersWork() throws Exception {
        FailureMatrix.strength(pool, 2);
    }

    @AfterAll
    void close() throws Exception {
        pools.afterEach(null);
    }

    final Doom doom(Death death) {
        return new Doom(death.chaos, frozen);
    }

    /** Submits the task, and waits until its worker is dead and the task is told. */
    final void lose(Death death, Task<?> doomed) throws Exception {
        lose(death, doomed, future -> {});
    }

    /** As {@link #lose(Death, Task)}, and shows the future of the task. */
    final void lose(Death death, Task<?> doomed, Consumer<TaskFuture<?>> shown) throws Exception {
        TaskFuture<?> future = pool.named("doomed").submit(doomed);
        shown.accept(future);
        killFrozen(death);
        assertThat(future.exception()).isInstanceOf(WorkerLostException.class);
    }

    /** Freezes the worker that waits for that, and kills it, if it is to die so. */
    final void killFrozen(Death death) throws Exception {
        if (death.chaos == null) {
            long pid = frozen.take();
            ProcessCensus.freeze(pid);
            WorkerFixture.signal("KILL", pid);
        }
    }
}
