package dev.pando.lab.look;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call into another program that ends in time: that program may be stopped, and neither an attach nor a read of a
 * socket has a timeout of its own. A call that is given up keeps its daemon thread.
 */
final class PatientCall {
    private PatientCall() {}

    static <T> T of(String what, Duration patience, Callable<T> call) throws IOException, LookFailure {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().name("pando-look").start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new LookFailure(what + " did not answer within " + patience.toSeconds() + " s: it may be stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LookFailure("interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case LookFailure failure -> throw failure;
                case null, default -> throw new LookFailure(what + ": " + e.getCause());
            }
        }
    }
}
