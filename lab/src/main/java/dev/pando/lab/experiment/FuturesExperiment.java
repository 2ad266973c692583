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

/** Every method of a future, on futures that run, wait, fail and are cancelled; and what a shutdown does to them. */
final class FuturesExperiment implements Experiment {
    /** What was seen, in the order of the questions. */
    record Seen(boolean cancelledRunning, boolean cancelledPending, int callbacks, int doneAfterShutdown) {}

    @Override
    public String name() {
        return "futures";
    }

    @Override
    public String question() {
        return "One worker, six tasks: what does each method of a future answer, and what does a shutdown do to tasks"
                + " that were accepted?";
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
        List<String> callbacks = new ArrayList<>();
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
                callbacks.add("of " + done.result());
                called.countDown();
            });
            boolean cancelledRunning = running.cancel(false);
            row(table, "running", "cancel(false)", cancelledRunning);
            row(table, "running", "isRunning()", running.isRunning());
            boolean cancelledPending = pending.cancel(false);
            row(table, "pending", "cancel(false)", cancelledPending);
            row(table, "cancelled", "isCancelled(), isDone()", pending.isCancelled() + ", " + pending.isDone());
            row(table, "cancelled", "result()", thrown(pending));

            experimentContext.step("shutting down");
            pool.shutdown();
            row(table, "a new task", "submit after shutdown()", submitted(pool));
            over.countDown();
            row(table, "that failed", "exception()", String.valueOf(failing.exception()));
            row(table, "that failed", "result()", thrown(failing));
            row(table, "running", "exception()", String.valueOf(running.exception()));
            int done = running.result() + next.result();
            row(table, "two accepted before shutdown()", "result()", "1 and 4: both ran");
            called.await();
            row(table, "called back", "onDone(callback)", "called once, with the future, " + callbacks.getFirst());
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
        found.fact("a running task is not cancelled by cancel(false)", !cancelledRunning);
        found.fact("a pending one is", cancelledPending && pending.isCancelled() && pending.isDone());
        found.fact(
                "result() of a cancelled one throws CancellationException",
                thrown(pending).startsWith("throws Canc"));
        found.fact(
                "exception() returns what the task threw, and result() throws it as a cause",
                failing.exception() instanceof IllegalStateException
                        && thrown(failing).startsWith("throws TaskFailed"));
        found.fact("shutdown cancelled none of the accepted tasks", done == 5);
    }

    /** Writes what follows from the answers. Pure. */
    static void tell(FindingCollector found, Seen seen) {
        found.expected(
                "A pending task can be cancelled, a running one only asked to stop. A failure waits in the future for"
                        + " the caller that asks. A shutdown takes no new task and cancels nothing by itself.");
        found.measured(
                "cancel(false) of the running task was %s, of the pending one %s. %d callback%s came, and %d of 2 tasks"
                        + " that were accepted before the shutdown ran after it.",
                seen.cancelledRunning,
                seen.cancelledPending,
                seen.callbacks,
                seen.callbacks == 1 ? "" : "s",
                seen.doneAfterShutdown);
        found.verdict(SpeedWords.missing(
                !seen.cancelledRunning,
                "a running task was cancelled",
                seen.cancelledPending,
                "the pending task had begun already",
                seen.callbacks == 1 && seen.doneAfterShutdown == 2,
                "not every callback came, or not every accepted task ran"));
        found.why("A future has one state, which changes once: pending, running, then done, failed or cancelled."
                + " result() never returns a missing value: it returns what the task returned, or throws why there"
                + " is none.");
    }

    private static int fail() {
        throw new IllegalStateException("no");
    }

    private static void row(ResultTable.Builder table, String future, String method, Object answer) {
        table.row(future, method, String.valueOf(answer));
    }

    private static String thrown(TaskFuture<Integer> future) {
        try {
            return "returns " + future.result();
        } catch (CancellationException | TaskFailedException thrown) {
            return "throws " + thrown.getClass().getSimpleName();
        }
    }

    private static String submitted(Pool pool) {
        try {
            var _ = pool.submit(() -> 5);
            return "taken";
        } catch (RejectedExecutionException refused) {
            return "throws RejectedExecutionException";
        }
    }
}
