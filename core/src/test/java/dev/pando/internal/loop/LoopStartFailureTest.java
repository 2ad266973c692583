package dev.pando.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A coroutine that cannot be made for a task leaves nothing behind: the task is refused, and the pool closes. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class LoopStartFailureTest {
    private static final int TASKS = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, TASKS, TASKS + 1})
    void aStartThatFailsIsUndone(int failing) throws Exception {
        AtomicInteger starts = new AtomicInteger();
        Pool pool = Pool.with(host -> new LoopEngine(host, LoopSettings.DEFAULT, (loop, coroutine) -> {
                    if (starts.incrementAndGet() == failing) {
                        throw new OutOfMemoryError("injected");
                    }
                    loop.start(coroutine);
                }))
                .open();
        List<TaskFuture<Integer>> accepted = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            try {
                accepted.add(pool.submit((Task<Integer>) () -> number));
            } catch (RejectedExecutionException e) {
                assertThat(e).hasRootCauseMessage("injected");
                refused++;
            }
        }
        assertThat(refused).isEqualTo(failing <= TASKS ? 1 : 0);
        for (TaskFuture<Integer> future : accepted) {
            assertThat(future.exception()).isNull();
        }
        try {
            pool.shutdown();
        } catch (OutOfMemoryError closingFailed) {
            assertThat(failing).isEqualTo(TASKS + 1);
        }
        assertThat(pool.close(Duration.ofSeconds(20))).as("%s closes", pool).isTrue();
    }
}
