package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rehearsal of a waiting worker must have no visible effect. */
class WarmUpTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ReplyWriter replies = new ReplyWriter(null, said);
    private final ProgressNotes notes = new ProgressNotes(replies, "");
    private final RemoteClasses foreign = new RemoteClasses(replies);
    private final CommandInbox inbox =
            new CommandInbox(null, new FrameReader(new ByteArrayInputStream(new byte[0])), replies, notes, foreign);

    private void rehearses(WarmUpQueue queue) throws InterruptedException {
        Thread thread = queue.startThread(null, new Codec(), foreign);
        assertThat(thread.isDaemon())
                .as("daemon, so that it keeps no worker alive")
                .isTrue();
        assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void itSaysNothingAndLeavesNothingRunning() throws InterruptedException {
        WarmUpQueue queue = new WarmUpQueue(0);
        rehearses(queue);
        assertThat(said.size()).isZero();
        assertThat(queue.goesOn(0)).as("unused, because a rehearsal is no task").isTrue();
    }

    @Test
    void aWorkerThatLeavesDoesNotWait() throws InterruptedException {
        inbox.leave();
        assertThat(inbox.warmUps().goesOn(Long.MAX_VALUE / 2_000_000)).isFalse();
        rehearses(inbox.warmUps());
        assertThat(said.size()).isZero();
    }

    /** A busy parent sends the templates late. They were lost then, and a test of spares failed on a busy machine. */
    @Test
    void aTemplateIsWaitedFor() throws Exception {
        byte[] template = {1};
        WarmUpQueue queue = new WarmUpQueue(60_000);
        FutureTask<byte[]> first = new FutureTask<>(queue::take);
        Thread taker = Thread.ofPlatform().daemon().start(first);
        while (taker.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        queue.add(template);
        assertThat(first.get(30, TimeUnit.SECONDS)).isSameAs(template);
        queue.add(template);
        queue.end();
        assertThat(queue.take()).as("after the first task").isNull();
    }

    @Test
    void theFirstTaskEndsTheQueue() {
        CommandInbox given = new CommandInbox(
                null,
                new FrameReader(new ByteArrayInputStream(
                        dev.pando.internal.process.wire.FrameWriter.frame(new Message.Run(1, new byte[0])))),
                replies,
                notes,
                foreign);
        assertThat(given.warmUps().goesOn(0)).isTrue();
        given.beginInitializer();
        given.endRun();
        assertThat(given.warmUps().goesOn(0))
                .as("unused, because the initializer is no task")
                .isTrue();
        assertThat(given.next()).isNotNull();
        given.endRun();
        assertThat(given.warmUps().goesOn(0)).isFalse();
    }
}
