package dev.pando.shipping;

import dev.pando.internal.worker.CallEnd;
import dev.pando.internal.worker.GuestContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the program calls a worker that runs a task for it on another machine: {@link dev.pando.Worker} answers by it.
 *
 * @param name as in {@link dev.pando.TaskInfo#worker}
 * @param attempt which attempt at the task it is, from 1
 * @param codec of the worker, for what the task calls
 * @param reports where the task's reports go; {@code null}: to the parent of this worker process, whose job is a
 *     {@link dev.pando.spi.RelayedJob}
 */
public record RelayedWorker(
        String name,
        int attempt,
        ShippingCodec codec,
        @Nullable TaskReports reports) {

    /**
     * Runs a task on the calling thread. That it submits to its pool is refused.
     *
     * @throws Exception whatever the task throws
     */
    public <V extends @Nullable Object> V call(Callable<V> task) throws Exception {
        TaskReports told = reports;
        GuestContext guest = told == null
                ? GuestContext.inWorker(name, attempt, codec.ofCalls())
                : GuestContext.onThread(name, attempt, codec.ofCalls(), new ReportsWay(told));
        try (guest) {
            return task.call();
        }
    }

    private record ReportsWay(TaskReports reports) implements GuestContext.ProgramWay {

        @Override
        public void progress(double fraction, String text) {
            reports.progress(fraction, text);
        }

        @Override
        public boolean isStopping() {
            return reports.isStopping();
        }

        @Override
        public int largest() {
            return GuestContext.LARGEST;
        }

        @Override
        public CallEnd call(String name, byte[] argument, long nanos) {
            CompletableFuture<CallEnd> end = new CompletableFuture<>();
            Runnable withdraw = reports.call(
                    name, argument, reply -> end.complete(reply == null ? CallEnd.UNDONE : CallEnd.of(reply)));
            boolean interrupted = false;
            try {
                return end.get(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                // withdrawn below
            } catch (ExecutionException impossible) { // it is never completed so
                throw new AssertionError(impossible);
            }
            withdraw.run();
            CallEnd last = end.join(); // at once: it was withdrawn, or was answered before
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return last;
        }
    }
}
