package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.process.handle.FakeWorker.FakeJob;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A worker that says what it must not, once or without end, and its parent's reader. */
abstract class WorkerFlood {
    static final byte[] NONE = {};

    /** So much is sent, if it is read. */
    private static final long FLOOD = 400L << 20;

    /** What has to suffice to find out. */
    private static final long READ = 4L << 20;

    final StoppedPipe stopped = new StoppedPipe();
    FakeWorker worker = new FakeWorker();

    /** Where a process that was stopped reads its commands: takes as much as a pipe does. */
    static final class StoppedPipe extends OutputStream {
        private final CountDownLatch end = new CountDownLatch(1);
        private int room = 1 << 16;

        @Override
        public void write(int one) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes) {
            room -= bytes.length;
            if (room < 0) {
                awaitEnd();
            }
        }

        private void awaitEnd() {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            end.countDown();
        }
    }

    /** The messages of a worker, made as they are read. */
    private static final class Flood extends InputStream {
        private final IntFunction<Message> messages;
        private byte[] frame = NONE;
        private int at;
        private int number;
        private long read;

        Flood(IntFunction<Message> messages) {
            this.messages = messages;
        }

        @Override
        public int read() {
            throw new AssertionError("byte by byte");
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (at == frame.length) {
                if (read > FLOOD) {
                    return -1;
                }
                frame = FrameWriter.frame(messages.apply(number++));
                at = 0;
            }
            int part = Math.min(length, frame.length - at);
            System.arraycopy(frame, at, into, from, part);
            at += part;
            read += part;
            return part;
        }
    }

    @AfterEach
    void close() {
        stopped.close();
        worker.close();
    }

    /** Sends the n-th of these messages for ever, and asserts that the worker is ended for it. */
    final void assertBounded(String reason, IntFunction<Message> messages) {
        Flood flood = new Flood(messages);
        worker.process.said = flood;
        WorkerHandle.Running running = worker.handle.running;
        ThrowingCallable reading = () -> new WorkerReader(worker.handle).read(running, new WorkerReaper(worker.handle));
        assertThatThrownBy(reading).isInstanceOf(BadFrameException.class).hasMessageContaining(reason);
        assertThat(flood.read).isLessThan(READ);
    }

    final void assertBounded(String reason, Message message) {
        assertBounded(reason, number -> message);
    }

    final FakeJob task() {
        worker.ready();
        FakeJob job = worker.submit("a");
        assertThat(worker.handle.feed(0)).isTrue();
        return job;
    }

    final void assertForged(String reason, Message message) {
        worker.process.said = new ByteArrayInputStream(FrameWriter.frame(message));
        WorkerHandle.Running running = worker.handle.running;
        assertThatThrownBy(() -> new WorkerReader(worker.handle).read(running, new WorkerReaper(worker.handle)))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining(reason);
    }
}
