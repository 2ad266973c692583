package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.handle.WorkerServices;
import dev.pando.internal.process.handle.WorkerTape;
import dev.pando.spi.RecordingPlan;
import dev.pando.spi.WorkerRecordings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The recordings of all workers of one pool. A worker that comes later begins its own when it is ready. */
record WorkerTapes(WorkerServices services, SchedulerShell shell) implements WorkerRecordings {

    /** Typed so that a pool which is not recorded does not load the interface. */
    static WorkerRecordings of(WorkerServices services, SchedulerShell shell) {
        return new WorkerTapes(services, shell);
    }

    @Override
    public Map<String, String> begin(RecordingPlan plan, long patienceNanos) {
        if (!services.recording().compareAndSet(null, plan)) {
            throw new IllegalStateException("pool " + services.host().name() + " is being recorded already");
        }
        return ask(worker -> WorkerTape.begin(worker, plan), patienceNanos);
    }

    @Override
    public Map<String, String> write(Path folder, long patienceNanos) {
        return ask(
                worker -> {
                    WorkerTape tape = worker.tape();
                    return tape == null ? CompletableFuture.completedFuture("it does not record") : tape.write(folder);
                },
                patienceNanos);
    }

    @Override
    public Map<String, String> end(long patienceNanos) {
        services.recording().set(null);
        return ask(
                worker -> {
                    WorkerTape tape = worker.tape();
                    return tape == null ? CompletableFuture.completedFuture("") : tape.end();
                },
                patienceNanos);
    }

    /** Asks all at once, and waits for all together. */
    private Map<String, String> ask(Function<WorkerHandle, CompletableFuture<String>> order, long patienceNanos) {
        Map<String, CompletableFuture<String>> answers = new LinkedHashMap<>();
        for (WorkerHandle worker : shell.workers()) {
            if (worker.seat != null) { // or else it begins by itself, when it is ready
                answers.put(worker.name, order.apply(worker));
            }
        }
        long until = System.nanoTime() + patienceNanos;
        Map<String, String> failures = new LinkedHashMap<>();
        answers.forEach((worker, answer) -> {
            String failure = awaited(answer, until - System.nanoTime());
            if (!failure.isEmpty()) {
                failures.put(worker, failure);
            }
        });
        return failures;
    }

    private static String awaited(CompletableFuture<String> answer, long nanos) {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return "it has not answered in time";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the wait for its answer was interrupted";
        } catch (ExecutionException e) {
            throw new AssertionError("an answer is a text", e);
        }
    }
}
