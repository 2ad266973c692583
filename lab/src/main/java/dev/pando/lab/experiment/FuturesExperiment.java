package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Every method of a future, on futures that run, wait, fail and are cancelled; and what a shutdown does to them. */
final class FuturesExperiment implements Experiment {
    /** What was seen, in the order of the questions. */
    record Seen(boolean cancelledRunning, boolean cancelledPending, int callbacks, int doneAfterShutdown) {}

    @Override
    public String name() {
        return "futures";
    }

    @Override
    public int steps() {
        return 2;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        var table = ResultTable.of("What each method answered", "future", "method", "answer");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        List<Integer> callbacks = new ArrayList<>();
        try (Pool pool = experimentContext.with("threads", Threads.of(1)).open()) {
            experimentContext.step("asking futures");
            TaskFuture<Integer> running = pool.named("runs").submit(() -> {
                begun.countDown();
                over.await();
                return 1;
            });
            begun.await();
            TaskFuture<Integer> pending = pool.named("is cancelled").submit(() -> 2);
            TaskFuture<Integer> failing = pool.named("fails").submit(FuturesExperiment::fail);
            TaskFuture<Integer> next = pool.named("is called back").submit(() -> 4);
            CountDownLatch called = new CountDownLatch(1);
            var _ = next.onDone(done -> {
                callbacks.add(done.result());
                called.countDown();
            });
            boolean cancelledRunning = running.cancel(false);
            row(table, "running", "cancel(false)", cancelledRunning);
            row(table, "running", "isRunning()", running.isRunning());
            boolean cancelledPending = pending.cancel(false);
            row(table, "pending", "cancel(false)", cancelledPending);
            row(table, "cancelled", "isCancelled(), isDone()", pending.isCancelled() + ", " + pending.isDone());
            row(table, "cancelled", "result()", said(found, pending));

            experimentContext.step("shutting down");
            pool.shutdown();
            row(table, "a new task", "submit after shutdown()", submitted(found, pool));
            over.countDown();
            row(table, "that failed", "exception()", String.valueOf(failing.exception()));
            row(table, "that failed", "result()", said(found, failing));
            row(table, "running", "exception()", String.valueOf(running.exception()));
            int done = running.result() + next.result();
            row(table, "two accepted before shutdown()", "result()", found.text("futures.both-ran"));
            called.await();
            row(table, "called back", "onDone(callback)", found.text("futures.called-once", callbacks.getFirst()));
            found.table(table);
            facts(found, cancelledRunning, cancelledPending, pending, failing, done);
            tell(found, new Seen(cancelledRunning, cancelledPending, callbacks.size(), done == 5 ? 2 : 0));
        } finally {
            over.countDown();
        }
        return found.experimentResult();
    }

    private static void facts(
            FindingCollector found,
            boolean cancelledRunning,
            boolean cancelledPending,
            TaskFuture<Integer> pending,
            TaskFuture<Integer> failing,
            int done) {
        found.fact("futures.fact.running-task-not-cancelled-by", !cancelledRunning);
        found.fact("futures.fact.pending-one", cancelledPending && pending.isCancelled() && pending.isDone());
        found.fact(
                "futures.fact.result-cancelled-one-throws-cancellationexception",
                thrown(pending) instanceof CancellationException);
        found.fact(
                "futures.fact.exception-returns-what-task-threw",
                failing.exception() instanceof IllegalStateException && thrown(failing) instanceof TaskFailedException);
        found.fact("futures.fact.shutdown-cancelled-none-accepted-tasks", done == 5);
    }

    /** Writes what follows from the answers. Pure. */
    static void tell(FindingCollector found, Seen seen) {
        found.expected("futures.expected");
        found.measured(
                seen.callbacks == 1 ? "futures.measured.one-callback" : "futures.measured",
                seen.cancelledRunning,
                seen.cancelledPending,
                seen.callbacks,
                seen.doneAfterShutdown);
        found.verdict(SpeedWords.missing(
                !seen.cancelledRunning,
                found.text("futures.missing.running-task-cancelled"),
                seen.cancelledPending,
                found.text("futures.missing.pending-task-had-begun-already"),
                seen.callbacks == 1 && seen.doneAfterShutdown == 2,
                found.text("futures.missing.not-every-callback-came-or")));
        found.why("futures.why");
    }

    private static int fail() {
        throw new IllegalStateException("no");
    }

    private static void row(ResultTable.Builder table, String future, String method, Object answer) {
        table.row(future, method, String.valueOf(answer));
    }

    /** Returns what {@code result()} throws; null if it returns. */
    private static @Nullable RuntimeException thrown(TaskFuture<Integer> future) {
        try {
            var _ = future.result();
            return null;
        } catch (CancellationException | TaskFailedException thrown) {
            return thrown;
        }
    }

    private static String said(FindingCollector found, TaskFuture<Integer> future) {
        RuntimeException thrown = thrown(future);
        return thrown == null
                ? found.text("futures.returns", future.result())
                : found.text("futures.throws", thrown.getClass().getSimpleName());
    }

    private static String submitted(FindingCollector found, Pool pool) {
        try {
            var _ = pool.submit(() -> 5);
            return found.text("futures.taken");
        } catch (RejectedExecutionException refused) {
            return found.text("futures.throws", "RejectedExecutionException");
        }
    }
}
