package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Task;
import dev.pando.internal.loop.LoopLeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every form of a blocking call finds its {@code Loop.await}. What this shows, it shows by being compiled. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class AwaitOverloadsTest {

    /** Its methods are overloaded, as those of {@link Process}. */
    private static final class Helper {
        int waitFor() throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(1);
            return 7;
        }

        boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
            unit.sleep(time);
            return true;
        }
    }

    @Test
    void aReferenceToAnOverloadedMethodIsNoAmbiguity() {
        Helper helper = new Helper();
        Loop.run(() -> {
            int code = Loop.await(helper::waitFor);
            assertThat(code).isEqualTo(7);
            Loop.await(helper::waitFor);
        });
    }

    @Test
    void aProcessIsWaitedFor() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process = new ProcessBuilder(java, "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = Loop.run(() -> Loop.await(process::waitFor));
        assertThat(code).isZero();
    }

    @Test
    void whatCompiledBeforeCompiles() {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(9);
        CountDownLatch open = new CountDownLatch(0);
        Callable<String> callable = () -> "callable";
        Task<String> task = () -> "task";
        List<String> notes = new ArrayList<>();
        Action action = () -> notes.add("action");
        Loop.run(() -> {
            Loop.await(() -> queue.put("put"));
            Loop.await(() -> open.await());
            Loop.await(() -> {
                open.await();
            });
            Loop.await(open::countDown);
            String taken = Loop.await(queue::take);
            notes.add(taken);
            String block = Loop.await(() -> {
                open.await();
                return "block";
            });
            notes.add(block);
            notes.add(Loop.await(callable));
            notes.add(Loop.await(task));
            Loop.await(action);
            notes.add(Loop.<String>await(() -> generic("generic")));
            List<String> inferred = Loop.await(() -> generic(List.of("inferred")));
            notes.addAll(inferred);
            assertThat(Loop.<Object>await(() -> null)).isNull();
        });
        assertThat(notes).containsExactly("put", "block", "callable", "task", "action", "generic", "inferred");
    }

    private static <T> T generic(T value) {
        return value;
    }
}
