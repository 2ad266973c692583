package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.process.handle.FakeWorker.FakeJob;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.RecordMessage;
import dev.pando.spi.RecordingPlan;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A worker that never stops sending one kind of message is ended, long before its parent has read them all. */
class MessageBoundsTest extends WorkerFlood {
    private static Message begun(Message first, Message then, int number) {
        return number == 0 ? first : then;
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
        assertBounded("where a task is, more often than it was asked", new Message.Seen(1, frames(10)));
        assertThat(job.reports).containsExactly("stuck 1 10");
    }

    @Test
    void whereATaskIsIsToldIfItIsAskedFor() {
        FakeJob job = task();
        assertBounded("where a task is, which nothing asked for", new Message.Seen(1, frames(10)));
        assertThat(job.reports).isEmpty();
    }

    @Test
    void whereATaskIsIsToldOnceForEachLook() {
        FakeJob job = task();
        List<Integer> seen = new ArrayList<>();
        worker.handle.look(job, 1, frames -> seen.add(frames.size()));
        worker.handle.look(job, 1, frames -> seen.add(-frames.size()));
        assertBounded("where a task is, more often than it was asked", new Message.Seen(1, frames(10)));
        assertThat(seen).as("one question for both").containsExactly(10, -10);
        assertThat(job.reports).as("it goes on").isEmpty();
    }

    @Test
    void whatCameOfARecordingIsToldOnceForEachOrder() {
        worker.ready();
        var _ = WorkerTape.begin(worker.handle, new RecordingPlan(Map.of(), 1 << 20, Path.of("none")));
        assertBounded("what came of a recording, which nothing asked for", new RecordMessage.Told(1, "", ""));
    }

    @Test
    void noRecordingIsToldOfThatIsNotAskedFor() {
        worker.ready();
        assertBounded("what came of a recording, which nothing asked for", new RecordMessage.Told(1, "", ""));
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
                number -> new MemoryMessage.Ask(number, Long.MAX_VALUE, MemoryUse.FILLED_ARRAY));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noMoreIsDroppedThanWasGiven() {
        worker.started();
        assertBounded("that it drops shared memory that it does not have", MemoryMessage.Dropped::new);
    }
}
