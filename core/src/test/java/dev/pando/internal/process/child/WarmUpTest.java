package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rehearsal of a waiting worker must have no visible effect. */
class WarmUpTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ReplyWriter replies = new ReplyWriter(null, said);
    private final ProgressNotes notes = new ProgressNotes(replies, "");
    private final RemoteClasses foreign = new RemoteClasses(replies);
    private final CommandInbox inbox =
            new CommandInbox(null, new FrameReader(new ByteArrayInputStream(new byte[0])), replies, notes, foreign);

    private void rehearses() throws InterruptedException {
        Thread thread = WarmUp.start(null, new Codec(), foreign, inbox);
        assertThat(thread.isDaemon())
                .as("daemon, so that it keeps no worker alive")
                .isTrue();
        assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void itSaysNothingAndLeavesNothingRunning() throws InterruptedException {
        rehearses();
        assertThat(said.size()).isZero();
        assertThat(inbox.running()).isZero();
        assertThat(inbox.isLeaving()).isFalse();
        assertThat(inbox.isUnused(0))
                .as("unused, because a rehearsal is no task")
                .isTrue();
    }

    @Test
    void whoGoesHomeDoesNotWait() throws InterruptedException {
        inbox.leave();
        assertThat(inbox.isUnused(Long.MAX_VALUE / 2_000_000)).isFalse();
        rehearses();
        assertThat(said.size()).isZero();
    }

    @Test
    void oneThatHasHadATaskIsUnusedNoMore() {
        CommandInbox given = new CommandInbox(
                null,
                new FrameReader(new ByteArrayInputStream(
                        dev.pando.internal.process.wire.FrameWriter.frame(new Message.Run(1, new byte[0])))),
                replies,
                notes,
                foreign);
        assertThat(given.isUnused(0)).isTrue();
        given.beginInitializer();
        given.endRun();
        assertThat(given.isUnused(0))
                .as("unused, because the initializer is no task")
                .isTrue();
        assertThat(given.next()).isNotNull();
        given.endRun();
        assertThat(given.isUnused(0)).isFalse();
    }
}
