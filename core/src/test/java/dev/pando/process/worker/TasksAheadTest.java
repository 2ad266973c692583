package dev.pando.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.wire.Message;
import dev.pando.process.wire.Slate;
import dev.pando.process.wire.Words;
import dev.pando.spi.Failure.Progress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a worker does with prefetched tasks. Tasks find the rig's latches, because the worker is in this JVM. */
class TasksAheadTest {
    @RegisterExtension
    final Rig rig = new Rig();

    /** Returns the progress page, which the worker shares after these first runs. */
    private Slate startSharing() {
        ByteBuffer memory = ByteBuffer.allocateDirect(Slate.BYTES);
        rig.slate = memory;
        rig.startReady();
        for (int run = 1; run <= 20; run++) {
            rig.run(run, () -> List.of(1));
            assertThat(rig.answer(run)).containsExactly("Began", "Ended", "Value");
        }
        return new Slate(new Words.Mapped(memory));
    }

    @Test
    void whatWasTakenBackIsSkipped() throws Exception {
        Slate slate = startSharing();
        assertThat(slate.take(21)).isTrue();
        rig.run(21, () -> List.of("never"));
        rig.run(22, () -> List.of("this"));
        assertThat(rig.value(22)).isEqualTo(List.of("this"));
    }

    @Test
    void whoeverTakesItsTimeSaysSoOnceIfOthersWaitBehindIt() throws Exception {
        startSharing();
        rig.run(21, Rig::atTheGate);
        Rig.inside.await();
        rig.run(22, () -> List.of(1));
        rig.run(23, () -> List.of(1));
        assertThat(rig.hears(Message.Began.class).run()).isEqualTo(21);
        Rig.gate.countDown();
        assertThat(rig.answer(21)).containsExactly("Value");
        assertAnswersSoon(22);
        assertThat(rig.answer(23)).containsExactly("Value");
    }

    @Test
    void onceItHasTheSlateItNotesThereWhatItSaidBefore() throws Exception {
        Slate slate = startSharing();
        rig.run(21, Rig::atTheGate);
        Rig.inside.await();
        assertThat(slate.progress(21)).isEqualTo(Progress.MAY_HAVE_RUN);
        Rig.gate.countDown();
        assertThat(rig.answer(21)).containsExactly("Value");
        rig.run(22, () -> List.of(1));
        assertThat(rig.answer(22)).containsExactly("Value");
        assertThat(slate.progress(22)).isEqualTo(Progress.RAN);
    }

    /** Others wait behind this run: on a busy machine a task of an instant takes a moment, and the worker says that it began. */
    private void assertAnswersSoon(int run) {
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(rig.answer(run, all)).isIn(List.of("Value"), List.of("Began", "Value"));
        assertThat(((Message.Value) all.getLast()).run()).isEqualTo(run);
    }

    /** Sends these runs in one frame. */
    private void runAtOnce(int first, int last) {
        byte[] work = rig.encoded((Rig.Work) () -> List.of(1));
        rig.send(new Message.Several(IntStream.rangeClosed(first, last).mapToObj(run -> new Message.Run(run, work)).toList()));
    }

    @Test
    void severalThatComeAtOnceAreRunInTheirOrder() {
        startSharing();
        runAtOnce(21, 40);
        for (int run = 21; run < 40; run++) assertAnswersSoon(run);
        assertThat(rig.answer(40)).containsExactly("Value");
        rig.run(41, () -> List.of(1));
        assertThat(rig.answer(41)).containsExactly("Value");
    }

    @Test
    void severalMayComeBehindOneThatTakesItsTime() throws Exception {
        startSharing();
        rig.run(21, Rig::atTheGate);
        Rig.inside.await();
        runAtOnce(22, 30);
        assertThat(rig.hears(Message.Began.class).run()).isEqualTo(21);
        Rig.gate.countDown();
        assertThat(rig.answer(21)).as("and says no more than its answer").containsExactly("Value");
        for (int run = 22; run < 30; run++) assertAnswersSoon(run);
        assertThat(rig.answer(30)).containsExactly("Value");
    }

    @Test
    void oneOfSeveralThatTakesItsTimeSaysSo() throws Exception {
        startSharing();
        byte[] slow = rig.encoded((Rig.Work) Rig::atTheGate);
        rig.send(new Message.Several(IntStream.rangeClosed(21, 23).mapToObj(run -> new Message.Run(run, slow)).toList()));
        Rig.inside.await();
        assertThat(rig.hears(Message.Began.class).run()).isEqualTo(21);
        Rig.gate.countDown();
        assertThat(rig.answer(21)).containsExactly("Value");
        assertAnswersSoon(22);
        assertThat(rig.answer(23)).containsExactly("Value");
    }

    @Test
    void anyOfSeveralMayBeTakenBack() {
        Slate slate = startSharing();
        for (int run = 21; run <= 40; run += 2) assertThat(slate.take(run)).isTrue();
        runAtOnce(21, 40);
        for (int run = 22; run <= 40; run += 2) assertAnswersSoon(run);
    }
}
