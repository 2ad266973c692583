package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.WorkerLostException;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A pool of worker processes whose tasks are not to be trusted. After the test it is closed, and no process is left.
 */
final class HostilePool implements AfterEachCallback {
    final BlockingQueue<String> started = new LinkedBlockingQueue<>();

    /** The reason of each worker that was lost. */
    final BlockingQueue<String> lost = new LinkedBlockingQueue<>();

    private Pool pool;

    /** Returns the pool, which the first call opens. */
    Pool pool() {
        return pool == null ? pool(UnaryOperator.identity()) : pool;
    }

    Pool pool(UnaryOperator<Processes> furnished) {
        PoolListener listener = new PoolListener() {
            @Override
            public void workerStarted(String worker) {
                started.add(worker);
            }

            @Override
            public void workerLost(String worker, String reason) {
                lost.add(reason);
            }
        };
        pool = Pool.with(furnished.apply(Processes.of(1).output(Output.discard())))
                .listener(listener)
                .open();
        return pool;
    }

    /** Writes from a task to the parent, past the code of the worker. */
    static void say(byte... bytes) throws IOException {
        try (FileOutputStream channel = new FileOutputStream("/dev/fd/4")) {
            channel.write(bytes);
        }
    }

    static void say(Message message) throws IOException {
        say(FrameWriter.frame(message));
    }

    /** Waits in a worker until it is killed. */
    static void forEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Returns why the pool lost a worker that does this as its first run, which has number 1. */
    String reasonAfter(Action deed) {
        var future = pool().submit(deed);
        Throwable failure = future.exception();
        assertThat(failure).isInstanceOf(WorkerLostException.class);
        return ((WorkerLostException) failure).loss().reason();
    }

    /** Asserts that the pool works as before. */
    void assertUnharmed() {
        assertThat(pool().submit(() -> 6 * 7).result()).isEqualTo(42);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (pool != null) {
            pool.close();
        }
        pool = null;
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }
}
