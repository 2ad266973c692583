package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a future tells: its description, and the facts about its task. */
public interface InfoContract extends Subject {

    @Test
    @Scenario(9)
    default void descriptionSaysWhatCameOfATaskAndNeverTheValue() {
        Pool pool = open(1);
        TaskFuture<String> value = pool.named("render").submit(() -> "secret");
        TaskFuture<String> none = pool.named("render").submit(() -> null);
        TaskFuture<String> failure = pool.named("render").submit(() -> {
            throw new IllegalStateException("secret");
        });
        TaskFuture<String> nameless = pool.named("render").submit(InfoContract::throwNameless);
        assertThat(value.exception()).isNull();
        assertThat(none.exception()).isNull();
        assertThat(failure.exception()).isNotNull();
        assertThat(nameless.exception()).isNotNull();

        assertThat(value.toString()).matches("TaskFuture\\[render-\\d+, returned String]");
        assertThat(none.toString()).matches("TaskFuture\\[render-\\d+, returned null]");
        assertThat(failure.toString()).matches("TaskFuture\\[render-\\d+, raised IllegalStateException]");
        assertThat(nameless.toString()).as("a class without a name").matches("TaskFuture\\[render-\\d+, raised \\S+]");
    }

    private static String throwNameless() {
        throw new IllegalStateException("secret") {};
    }

    @Test
    @Scenario(9)
    default void descriptionOfATaskThatRunsNamesItsWorker() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).named("render").submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        while (task.info().worker().isEmpty()) {
            Thread.onSpinWait();
        }

        String worker = task.info().worker().orElseThrow();
        assertThat(task.toString())
                .matches("TaskFuture\\[render-\\d+, running on .+]")
                .contains(worker);
        assertThat(task.cancel(true)).isTrue();
        assertThat(task.toString()).matches("TaskFuture\\[render-\\d+, cancelled]");
    }

    @Test
    @Scenario(9)
    default void descriptionOfATaskInLineSaysPendingAndThenCancelled() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> first = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        TaskFuture<Integer> task = pool.named("render").submit(() -> 2);

        assertThat(task.toString()).matches("TaskFuture\\[render-\\d+, pending]");
        assertThat(task.cancel(false)).isTrue();
        assertThat(task.toString()).matches("TaskFuture\\[render-\\d+, cancelled]");
        gate.open();
        assertThat(first.result()).isEqualTo(1);
    }

    @Test
    default void infoOfATaskThatIsDoneHasItsTimesInOrder() throws Exception {
        Pool pool = open(1);
        Instant before = Instant.now().minusMillis(1); // two clocks are compared, which may differ in the last digits
        for (int i = 0; i < 2_000; i++) {
            TaskFuture<Integer> task = pool.named("sum").submit(x -> x, i);
            assertInOrder(task.info());
            assertThat(task.result()).isEqualTo(i);
            TaskInfo info = task.info();
            assertInOrder(info);
            assertThat(info.queued()).isAfter(before);
            assertThat(info.started()).isPresent();
            assertThat(info.finished()).isPresent();
            assertThat(info.attempts()).isEqualTo(1);
            assertThat(info.worker())
                    .hasValueSatisfying(name -> assertThat(name).isNotBlank());
            assertThat(info.name()).isEqualTo("sum-" + info.id());
        }
    }

    private static void assertInOrder(TaskInfo info) {
        Instant started = info.started().orElse(info.queued());
        assertThat(started).as("started, in %s", info).isAfterOrEqualTo(info.queued());
        info.finished()
                .ifPresent(it -> assertThat(it).as("finished, in %s", info).isAfterOrEqualTo(started));
    }

    @Test
    default void infoOfATaskThatIsDoneStaysTheSame() {
        TaskFuture<Integer> task = open(1).submit(() -> 7);
        assertThat(task.result()).isEqualTo(7);
        TaskInfo once = task.info();

        for (int i = 0; i < 1_000; i++) {
            assertThat(task.info()).isEqualTo(once);
        }
    }

    @Test
    default void idsCountUpInTheOrderOfSubmission() {
        Pool pool = open(2);
        long last = pool.submit(() -> 0).info().id();
        for (int i = 0; i < 100; i++) {
            long next = pool.submit(() -> 0).info().id();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    default void infoSaysOnlyWhatHasHappened() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> running = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        while (running.isPending()) {
            Thread.onSpinWait();
        }
        TaskFuture<Integer> waiting = pool.submit(() -> 2);

        assertThat(running.info().attempts()).isEqualTo(1);
        assertThat(running.info().finished()).isEmpty();
        assertThat(waiting.info().attempts()).isZero();
        assertThat(waiting.info().worker()).isEmpty();
        assertThat(waiting.info().started()).isEmpty();
        assertThat(waiting.info().finished()).isEmpty();
        assertThat(waiting.cancel(false)).isTrue();
        assertThat(waiting.info().started()).isEmpty();
        assertThat(waiting.info().finished()).isPresent();
        gate.open();
        assertThat(running.result()).isEqualTo(1);
    }

    /** A thread that sees a task cancelled must find the time of that, not a field that was never written. */
    @Test
    default void cancelledTaskIsNeverSeenWithoutTheTimeOfItsEnd() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> first = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        for (int i = 0; i < 300; i++) {
            TaskFuture<Integer> task = pool.submit(x -> x, i);
            BackgroundCall<TaskInfo> watcher = BackgroundCall.ask(() -> {
                while (!task.isDone()) {
                    Thread.onSpinWait();
                }
                return task.info();
            });
            for (int pause = i * 10; pause > 0; pause--) {
                Thread.onSpinWait();
            }
            assertThat(task.cancel(false)).isTrue();
            TaskInfo info = watcher.join();
            assertThat(info.finished()).isPresent();
            assertInOrder(info);
        }
        gate.open();
        assertThat(first.result()).isEqualTo(1);
    }
}
