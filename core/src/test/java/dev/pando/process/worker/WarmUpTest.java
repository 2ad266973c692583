package dev.pando.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.codec.Codec;
import dev.pando.process.wire.FrameReader;
import dev.pando.process.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rehearsal of a waiting worker must have no visible effect. */
class WarmUpTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Answers answers = new Answers(null, said);
    private final Notes notes = new Notes(answers, "");
    private final ForeignClasses foreign = new ForeignClasses(answers);
    private final Inbox inbox = new Inbox(null, new FrameReader(new ByteArrayInputStream(new byte[0])), answers, notes, foreign);

    private void rehearses() throws InterruptedException {
        Thread thread = WarmUp.start(null, new Codec(), foreign, inbox);
        assertThat(thread.isDaemon()).as("daemon, so that it keeps no worker alive").isTrue();
        assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void itSaysNothingAndLeavesNothingRunning() throws InterruptedException {
        rehearses();
        assertThat(said.size()).isZero();
        assertThat(inbox.running()).isZero();
        assertThat(inbox.isLeaving()).isFalse();
        assertThat(inbox.isUnused(0)).as("unused, because a rehearsal is no task").isTrue();
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
        Inbox given = new Inbox(null, new FrameReader(new ByteArrayInputStream(dev.pando.process.wire.FrameWriter.frame(
                new Message.Run(1, new byte[0])))), answers, notes, foreign);
        assertThat(given.isUnused(0)).isTrue();
        given.beginInitializer();
        given.over();
        assertThat(given.isUnused(0)).as("unused, because the initializer is no task").isTrue();
        assertThat(given.next()).isNotNull();
        given.over();
        assertThat(given.isUnused(0)).isFalse();
    }
}
