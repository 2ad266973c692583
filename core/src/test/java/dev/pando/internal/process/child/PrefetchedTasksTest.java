package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.internal.process.wire.SharedWords;
import dev.pando.spi.Failure.Progress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a worker does with prefetched tasks. Tasks find the rig's latches, because the worker is in this JVM. */
class PrefetchedTasksTest {
    @RegisterExtension
    final WorkerRig workerRig = new WorkerRig();

    /** Returns the progress page, which the worker shares after these first runs. */
    private ProgressPage startSharing() {
        ByteBuffer memory = ByteBuffer.allocateDirect(ProgressPage.BYTES);
        workerRig.slate = memory;
        workerRig.startReady();
        for (int run = 1; run <= 20; run++) {
            workerRig.run(run, () -> List.of(1));
            assertThat(workerRig.answer(run)).containsExactly("Began", "Ended", "Value");
        }
        return new ProgressPage(new SharedWords.MappedWords(memory));
    }

    @Test
    void whatWasTakenBackIsSkipped() throws Exception {
        ProgressPage page = startSharing();
        assertThat(page.take(21)).isTrue();
        workerRig.run(21, () -> List.of("never"));
        workerRig.run(22, () -> List.of("this"));
        assertThat(workerRig.value(22)).isEqualTo(List.of("this"));
    }

    @Test
    void whoeverTakesItsTimeSaysSoOnceIfOthersWaitBehindIt() throws Exception {
        startSharing();
        workerRig.run(21, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        workerRig.run(22, () -> List.of(1));
        workerRig.run(23, () -> List.of(1));
        assertThat(workerRig.hears(Message.Began.class).run()).isEqualTo(21);
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(21)).containsExactly("Value");
        assertAnswersSoon(22);
        assertThat(workerRig.answer(23)).containsExactly("Value");
    }

    @Test
    void onceItHasTheSlateItNotesThereWhatItSaidBefore() throws Exception {
        ProgressPage page = startSharing();
        workerRig.run(21, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        assertThat(page.progress(21)).isEqualTo(Progress.MAY_HAVE_RUN);
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(21)).containsExactly("Value");
        workerRig.run(22, () -> List.of(1));
        assertThat(workerRig.answer(22)).containsExactly("Value");
        assertThat(page.progress(22)).isEqualTo(Progress.RAN);
    }

    /**
     * Others wait behind this run: on a busy machine a task of an instant takes a moment, and the worker says that it
     * began.
     */
    private void assertAnswersSoon(int run) {
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(run, all)).isIn(List.of("Value"), List.of("Began", "Value"));
        assertThat(((Message.Value) all.getLast()).run()).isEqualTo(run);
    }

    /** Sends these runs in one frame. */
    private void runAtOnce(int first, int last) {
        byte[] work = workerRig.encoded((WorkerRig.Work) () -> List.of(1));
        workerRig.send(new Message.Several(IntStream.rangeClosed(first, last)
                .mapToObj(run -> new Message.Run(run, work))
                .toList()));
    }

    @Test
    void severalThatComeAtOnceAreRunInTheirOrder() {
        startSharing();
        runAtOnce(21, 40);
        for (int run = 21; run < 40; run++) {
            assertAnswersSoon(run);
        }
        assertThat(workerRig.answer(40)).containsExactly("Value");
        workerRig.run(41, () -> List.of(1));
        assertThat(workerRig.answer(41)).containsExactly("Value");
    }

    @Test
    void severalMayComeBehindOneThatTakesItsTime() throws Exception {
        startSharing();
        workerRig.run(21, WorkerRig::atTheGate);
        WorkerRig.inside.await();
        runAtOnce(22, 30);
        assertThat(workerRig.hears(Message.Began.class).run()).isEqualTo(21);
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(21)).as("and says no more than its answer").containsExactly("Value");
        for (int run = 22; run < 30; run++) {
            assertAnswersSoon(run);
        }
        assertThat(workerRig.answer(30)).containsExactly("Value");
    }

    @Test
    void oneOfSeveralThatTakesItsTimeSaysSo() throws Exception {
        startSharing();
        byte[] slow = workerRig.encoded((WorkerRig.Work) WorkerRig::atTheGate);
        workerRig.send(new Message.Several(IntStream.rangeClosed(21, 23)
                .mapToObj(run -> new Message.Run(run, slow))
                .toList()));
        WorkerRig.inside.await();
        assertThat(workerRig.hears(Message.Began.class).run()).isEqualTo(21);
        WorkerRig.gate.countDown();
        assertThat(workerRig.answer(21)).containsExactly("Value");
        assertAnswersSoon(22);
        assertThat(workerRig.answer(23)).containsExactly("Value");
    }

    @Test
    void anyOfSeveralMayBeTakenBack() {
        ProgressPage page = startSharing();
        for (int run = 21; run <= 40; run += 2) {
            assertThat(page.take(run)).isTrue();
        }
        runAtOnce(21, 40);
        for (int run = 22; run <= 40; run += 2) {
            assertAnswersSoon(run);
        }
    }
}
