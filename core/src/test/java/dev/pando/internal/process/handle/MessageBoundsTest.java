package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.process.handle.FakeWorker.FakeJob;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.shared.ConstructFactory;
import dev.pando.internal.shared.SharedCall.CallPatience;
import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A worker that never stops sending one kind of message is ended, long before its parent has read them all. */
class MessageBoundsTest {
    private static final byte[] NONE = {};

    /** So much is sent, if it is read. */
    private static final long FLOOD = 400L << 20;

    /** What has to suffice to find out. */
    private static final long READ = 4L << 20;

    private final StoppedPipe stopped = new StoppedPipe();
    private FakeWorker worker = new FakeWorker();

    /** The number of the next call, which may be that of no other. */
    private int forged = 100;

    /** Where a process that was stopped reads its commands: takes as much as a pipe does. */
    private static final class StoppedPipe extends OutputStream {
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

    private static Message begun(Message first, Message then, int number) {
        return number == 0 ? first : then;
    }

    /** Sends the n-th of these messages for ever, and asserts that the worker is ended for it. */
    private void assertBounded(String reason, IntFunction<Message> messages) {
        Flood flood = new Flood(messages);
        worker.process.said = flood;
        WorkerHandle.Running running = worker.handle.running;
        ThrowingCallable reading = () -> new WorkerReader(worker.handle).read(running, new WorkerReaper(worker.handle));
        assertThatThrownBy(reading).isInstanceOf(BadFrameException.class).hasMessageContaining(reason);
        assertThat(flood.read).isLessThan(READ);
    }

    private void assertBounded(String reason, Message message) {
        assertBounded(reason, number -> message);
    }

    private FakeJob task() {
        worker.ready();
        FakeJob job = worker.submit("a");
        assertThat(worker.handle.feed(0)).isTrue();
        return job;
    }

    @Test
    void readyIsSaidOnce() {
        worker.started();
        assertBounded("that it is ready, for the second time", new Message.Ready());
    }

    @Test
    void unfitIsSaidOnce() {
        worker.close();
        worker = new FakeWorker(settings -> settings.initializer = (Callable<?> & Serializable) () -> 1);
        worker.started();
        assertBounded("that its initializer failed, for the second time", new Message.Unfit(NONE, NONE));
    }

    @Test
    void noneThatIsUnfitIsReady() {
        worker.close();
        worker = new FakeWorker(settings -> settings.initializer = (Callable<?> & Serializable) () -> 1);
        worker.started();
        assertBounded(
                "that it is ready, after its initializer failed",
                number -> begun(new Message.Unfit(NONE, NONE), new Message.Ready(), number));
    }

    @Test
    void aTaskIsBegunTwiceAtMost() {
        task();
        assertBounded("that it begins a task, for the third time", new Message.Began(1));
    }

    @Test
    void noTaskIsSkippedThatWasNotGiven() {
        task();
        assertBounded("that it skips a task that it was not given", number -> new Message.Skipped(number + 2));
    }

    @Test
    void aTaskIsSkippedOnce() {
        task();
        assertBounded("or has skipped", new Message.Skipped(1));
    }

    @Test
    void aTaskEndsOnce() {
        task();
        assertBounded("that a task has ended, for the second time", new Message.Ended(1));
    }

    @Test
    void aTaskHasOneCost() {
        worker.metered = true;
        task();
        assertBounded("what a task cost, for the second time", new Message.Spent(1, 1, 1));
    }

    @Test
    void noCostIsToldThatIsNotAskedFor() {
        task();
        assertBounded("what a task cost, which nothing asked for", new Message.Spent(1, 1, 1));
    }

    @Test
    void aTaskHasOneValue() {
        FakeJob job = task();
        assertBounded("an answer to a task that it was not given", new Message.Value(1, new byte[100_000]));
        assertThat(job.reports).containsExactly("fail 1");
    }

    @Test
    void aTaskThrowsOnce() {
        FakeJob job = task();
        assertBounded("an answer to a task that it was not given", new Message.Thrown(1, NONE, new byte[100_000]));
        assertThat(job.reports).containsExactly("fail 1");
    }

    @Test
    void aTaskIsUnsendableOnce() {
        FakeJob job = task();
        assertBounded(
                "an answer to a task that it was not given",
                new Message.NotSendable(1, false, "a".repeat(100_000), "", NONE));
        assertThat(job.reports).containsExactly("fail 1");
    }

    @Test
    void noAnswerTakesMoreThanHalfOfTheHeap() {
        task();
        long heap = Runtime.getRuntime().maxMemory();
        worker.process.said = new ByteArrayInputStream(ByteBuffer.allocate(1000)
                .putInt((int) Math.min(1 << 30, heap / 2 + (2 << 20)))
                .put((byte) 'V')
                .array());
        WorkerHandle.Running running = worker.handle.running;
        assertThatThrownBy(() -> new WorkerReader(worker.handle).read(running, new WorkerReaper(worker.handle)))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("bytes, where 1 to");
    }

    private static StackTraceElement[] frames(int count) {
        StackTraceElement[] frames = new StackTraceElement[count];
        Arrays.fill(frames, new StackTraceElement("a.B", "c", "B.java", 1));
        return frames;
    }

    @Test
    void whereATaskIsIsToldOnce() {
        FakeJob job = task();
        worker.handle.stop(job, 1);
        assertBounded("where a task is, for the second time", new Message.Seen(1, frames(10)));
        assertThat(job.reports).containsExactly("stuck 1 10");
    }

    @Test
    void whereATaskIsIsToldIfItIsAskedFor() {
        FakeJob job = task();
        assertBounded("where a task is that was not to be stopped", new Message.Seen(1, frames(10)));
        assertThat(job.reports).isEmpty();
    }

    @Test
    void aWorkerLeavesTwiceAtMost() {
        task();
        assertBounded("that it leaves, for the third time", new Message.Leaving(1));
    }

    @Test
    void classesAreNotAskedForIfTheAnswersAreNotRead() {
        worker.started(stopped);
        assertBounded(
                "a question, while it has not read 64 answers",
                number -> new Message.Wanted(number, 1, "far.A" + number % 1000));
    }

    @Test
    void aNameOfAClassIsNotLongerThanAnyIs() {
        worker.started(stopped);
        assertBounded("bytes, where Q has at most", new Message.Wanted(1, 1, "a".repeat(300_000)));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void memoryIsNotAskedForIfTheAnswersAreNotRead() {
        worker.started(stopped);
        assertBounded(
                "a question, while it has not read 64 answers",
                number -> new Message.Ask(number, Long.MAX_VALUE, MemoryUse.FILLED_ARRAY));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noMoreIsDroppedThanWasGiven() {
        worker.started();
        assertBounded("that it drops shared memory that it does not have", Message.Dropped::new);
    }

    /** Returns a call of the running task to a queue that is empty. */
    private static CallMessage.Request taking(long queue, int question, SharedOperation operation) {
        return new CallMessage.Request(
                question,
                1,
                0,
                1,
                queue,
                SharedLinks.tagOf(queue),
                operation.number(),
                CallPatience.ENDLESS.number(),
                0,
                0,
                NONE);
    }

    private long queue() {
        task();
        return new ConstructFactory(worker.engine.sharedTable()).queue(1);
    }

    @Test
    void noMoreCallsWaitThanMay() {
        long queue = queue();
        CallMessage.Request[] last = new CallMessage.Request[1];
        assertBounded("while 1024 calls are open", number -> last[0] = taking(queue, number, SharedOperation.TAKE));
        assertThat(last[0].question()).isBetween(1024, 1 << 16);
    }

    @Test
    void noMoreIsCalledIfTheRepliesAreNotRead() {
        worker.started(stopped);
        worker.handle.ready(worker);
        FakeJob job = worker.submit("a");
        assertThat(worker.handle.feed(0)).isTrue();
        long queue = new ConstructFactory(worker.engine.sharedTable()).queue(1);
        assertBounded("has not read 1024 replies", number -> taking(queue, number, SharedOperation.QUEUE_SIZE));
        assertThat(job.attempts).isEqualTo(1);
    }

    @Test
    void noMoreCallsAreWithdrawnThanWereMade() {
        long queue = queue();
        assertBounded(
                "more often than it has called",
                number -> number == 0 ? taking(queue, 1, SharedOperation.TAKE) : new CallMessage.Withdraw(number));
    }

    @Test
    void aCallThatNoWorkerMakesCostsTheWorkerItsLife() {
        long queue = queue();
        CallMessage.Request good = taking(queue, 1, SharedOperation.TAKE);
        assertForged("there is not", changed(good, good.run(), good.tag(), 99, NONE));
        assertForged("there is not", changed(good, good.run(), good.tag(), -1, NONE));
        assertForged("its construct does not know", changed(good, good.run(), good.tag(), 8, NONE));
        assertForged("its construct does not know", changed(good, good.run(), good.tag(), 1, NONE));
        assertForged("was not given", changed(good, 2, good.tag(), good.operation(), NONE));
        assertForged("was not given", changed(good, 0, good.tag(), good.operation(), NONE));
        assertForged("handle that it was not given", changed(good, 1, good.tag() + 1, good.operation(), NONE));
        assertForged("half a length", changed(good, 1, good.tag(), good.operation(), new byte[2]));
        assertForged("an item of", changed(good, 1, good.tag(), good.operation(), new byte[] {127, 0, 0, 0, 1}));
        assertBounded("by the number of another", good);
    }

    private CallMessage.Request changed(CallMessage.Request call, int run, long tag, int operation, byte[] items) {
        return new CallMessage.Request(
                forged++, run, 0, call.thread(), call.number(), tag, operation, call.patience(), 0, 0, items);
    }

    private void assertForged(String reason, Message message) {
        worker.process.said = new ByteArrayInputStream(FrameWriter.frame(message));
        WorkerHandle.Running running = worker.handle.running;
        assertThatThrownBy(() -> new WorkerReader(worker.handle).read(running, new WorkerReaper(worker.handle)))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void noConstructIsCalledWhereThereIsNone() {
        task();
        assertForged("where there is none", taking(1, 1, SharedOperation.TAKE));
    }
}
