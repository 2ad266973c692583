package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks what results of more than a gigabyte, and very deep ones, come to: a refusal, and no worker is lost. */
class LargeResultsTest {
    /** Below what goes through shared memory, which has no such limit. */
    private static final int SMALL_ARRAY = 60_000;

    private static final int TOO_MANY_ARRAYS = (1 << 30) / SMALL_ARRAY + 1;
    private static final Task<Long> PROCESS = () -> ProcessHandle.current().pid();

    private record Link(int number, Link next) implements Serializable {}

    @Test
    @Tag("full")
    @Timeout(180)
    void aListOfMoreThanAGigabyteIsRefused() {
        assertRefused(
                () -> {
                    List<byte[]> arrays = new ArrayList<>();
                    for (int i = 0; i < TOO_MANY_ARRAYS; i++) {
                        arrays.add(new byte[SMALL_ARRAY]);
                    }
                    return arrays;
                },
                "more than 1024 MiB");
    }

    @Test
    @Tag("full")
    @Timeout(180)
    void aTextOfMoreThanAGigabyteIsRefused() {
        assertRefused(() -> "\u20ac".repeat((1 << 29) + 1), "more than 1024 MiB");
    }

    @Test
    @Timeout(60)
    void aChainOfAHundredThousandLinksIsRefusedAndAListOfThemArrives() {
        try (Pool pool = Pool.open(Processes.of(1))) {
            TaskFuture<Link> chain = pool.submit(() -> {
                Link last = null;
                for (int i = 0; i < 100_000; i++) {
                    last = new Link(i, last);
                }
                return last;
            });
            assertThatThrownBy(chain::result)
                    .isInstanceOf(NotSendableException.class)
                    .hasMessageContaining("linked too deeply");
            Task<List<Integer>> linked = () -> {
                List<Integer> numbers = new LinkedList<>();
                for (int i = 0; i < 100_000; i++) {
                    numbers.add(i);
                }
                return numbers;
            };
            assertThat(pool.submit(linked).result()).hasSize(100_000).endsWith(99_999);
        }
    }

    private static void assertRefused(Task<Object> task, String reason) {
        try (Pool pool = Pool.open(Processes.of(1).heap("6g"))) {
            long worker = pool.submit(PROCESS).result();
            assertThatThrownBy(() -> pool.submit(task).result())
                    .isInstanceOf(NotSendableException.class)
                    .hasMessageContaining(reason);
            assertThat(pool.submit(PROCESS).result()).as("the worker lives on").isEqualTo(worker);
        }
    }
}
