package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.FakeWorker.FakeJob;
import dev.pando.process.wire.Slate;
import dev.pando.process.wire.Words;
import dev.pando.spi.Failure.Progress;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The prefetched tasks of a worker. The test plays the worker, and begins tasks on the progress page. */
class TrayTest {
    private final FakeWorker host = new FakeWorker().ready();
    private final ByteBuffer memory = ByteBuffer.allocateDirect(Slate.BYTES);
    private final Slate worker = new Slate(new Words.Mapped(memory));
    private final Tray tray = new Tray(host.hand);

    @BeforeEach
    void itHasSharedTheSlate() {
        tray.opened(host, new Slate(new Words.Mapped(memory)));
        Assignment first = add("first");
        worker.begin(first.run);
        worker.ended(first.run);
        tray.remove(first);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private Assignment add(String name) {
        FakeJob job = new FakeJob(name);
        return tray.add(job, job.begin(host), (Cargo) job.cargo());
    }

    private Assignment offer(String name) {
        host.submit(name).mayGoAhead = true;
        return tray.offer(host);
    }

    private List<String> line() {
        return host.line.stream().map(FakeJob::name).toList();
    }

    @Test
    void nobodyLiesAheadOfAWorkerAtRest() {
        assertThat(offer("a")).isNull();
        assertThat(line()).containsExactly("a");
    }

    @Test
    void norOfOneThatWasNeverSeenToWriteOnTheSlate() {
        Tray silent = new Tray(host.hand);
        silent.opened(host, new Slate(new Words.Mapped(ByteBuffer.allocateDirect(Slate.BYTES))));
        FakeJob job = new FakeJob("direct");
        Assignment direct = silent.add(job, 1, (Cargo) job.cargo());
        host.submit("a").mayGoAhead = true;
        assertThat(silent.offer(host)).isNull();
        silent.remove(direct);
        silent.add(job, 1, (Cargo) job.cargo());
        assertThat(silent.offer(host)).isNull();
        assertThat(line()).containsExactly("a");
    }

    @Test
    void whoMayNotGoAheadStandsInLineAgain() {
        add("direct");
        host.submit("a");
        assertThat(tray.offer(host)).isNull();
        assertThat(line()).containsExactly("a");
        assertThat(tray.size()).isEqualTo(1);
    }

    @Test
    void whatLiesAheadHasNotBegunUntilTheWorkerHas() {
        add("direct");
        Assignment ahead = offer("a");
        tray.look(ahead);
        assertThat(ahead.attempt).isZero();
        worker.begin(ahead.run);
        tray.look(ahead);
        tray.look(ahead);
        assertThat(ahead.attempt).as("attempt of a task that was begun once").isEqualTo(1);
        assertThat(tray.begun()).isEqualTo(3);
    }

    @Test
    void whatWasTakenBackIsTheTakersAndTheWorkerSkipsIt() {
        add("direct");
        Assignment ahead = offer("a");
        assertThat(tray.takeBack(ahead)).isEqualTo(Tray.TakenBack.YES);
        assertThat(tray.takeBack(ahead)).as("once").isEqualTo(Tray.TakenBack.NO);
        assertThat(worker.begin(ahead.run)).isEqualTo(Slate.Begin.NO);
        assertThat(tray.find(ahead.run)).as("the task of an answer after it was taken").isNull();
        assertThat(line()).as("queued tasks, because the taker decides what to do with it").isEmpty();
    }

    @Test
    void whoeverTakesTheLastIsTold() {
        Assignment direct = add("direct");
        Assignment ahead = offer("a");
        assertThat(tray.remove(direct)).as("something is left").isFalse();
        assertThat(tray.takeBack(ahead)).isEqualTo(Tray.TakenBack.LAST);
        assertThat(offer("b")).as("it is at rest").isNull();
    }

    @Test
    void whatHasBegunIsNotTakenBackButKnownToHaveBegun() {
        add("direct");
        Assignment ahead = offer("a");
        worker.begin(ahead.run);
        assertThat(tray.takeBack(ahead)).isEqualTo(Tray.TakenBack.NO);
        assertThat(ahead.attempt).isEqualTo(1);
    }

    @Test
    void anAnswerMeansThatItHasBegun() {
        add("direct");
        Assignment ahead = offer("a");
        assertThat(tray.find(ahead.run).attempt).as("whatever the slate says").isEqualTo(1);
        assertThat(tray.takeBack(ahead)).isEqualTo(Tray.TakenBack.NO);
    }

    @Test
    void allThatHasNotBegunGoesBackInItsOrder() {
        Assignment direct = add("direct");
        Assignment begun = offer("a");
        offer("b");
        offer("c");
        host.submit("later");
        worker.begin(begun.run);
        assertThat(tray.takeBackAll(host)).isEqualTo(new Tray.Back(2, false));
        assertThat(line()).containsExactly("b", "c", "later");
        assertThat(tray.size()).isEqualTo(2);
        assertThat(begun.attempt).isEqualTo(1);
        tray.remove(direct);
        assertThat(tray.takeBackAll(host)).as("nothing to take").isEqualTo(new Tray.Back(0, false));
        assertThat(tray.remove(begun)).isTrue();
        assertThat(tray.takeBackAll(host)).as("it was at rest before").isEqualTo(new Tray.Back(0, false));
    }

    @Test
    void whoeverLosesTheLastToTheLineIsAtRest() {
        Assignment direct = add("direct");
        offer("a");
        offer("b");
        tray.remove(direct);
        assertThat(tray.takeBackAll(host)).isEqualTo(new Tray.Back(2, true));
    }

    @Test
    void theDeadKeepWhatTheyHadBegun() {
        Assignment direct = add("direct");
        Assignment begun = offer("a");
        offer("b");
        worker.begin(direct.run);
        worker.ended(direct.run);
        worker.begin(begun.run);
        assertThat(tray.close(host)).containsExactly(direct, begun);
        assertThat(tray.noted(direct.run)).isEqualTo(Progress.RAN);
        assertThat(tray.noted(begun.run)).isEqualTo(Progress.MAY_HAVE_RUN);
        assertThat(line()).containsExactly("b");
        assertThat(offer("c")).isNull();
        FakeJob late = new FakeJob("late");
        assertThat(tray.add(late, 1, (Cargo) late.cargo())).isNull();
    }

    @Test
    void aSlateThatItTearsAwayIsNoMoreThanALie() {
        AtomicBoolean gone = new AtomicBoolean();
        Words words = new Words.Mapped(ByteBuffer.allocateDirect(Slate.BYTES));
        Slate slate = new Slate(new Words() {
            @Override
            public long get(int at) {
                if (gone.get()) throw new UncheckedIOException(new EOFException());
                return words.get(at);
            }

            @Override
            public void set(int at, long word) {
                words.set(at, word);
            }
        });
        Tray torn = new Tray(host.hand);
        torn.opened(host, slate);
        FakeJob job = new FakeJob("direct");
        Assignment direct = torn.add(job, 1, (Cargo) job.cargo());
        slate.begin(direct.run);
        torn.remove(direct);
        torn.add(job, 1, (Cargo) job.cargo());
        host.submit("a").mayGoAhead = true;
        Assignment ahead = torn.offer(host);
        gone.set(true);
        assertThat(torn.takeBack(ahead)).isEqualTo(Tray.TakenBack.NO);
        assertThat(ahead.attempt).as("believed to have begun").isEqualTo(1);
        assertThat(torn.noted(ahead.run)).isEqualTo(Progress.MAY_HAVE_RUN);
        assertThat(torn.takeBackAll(host)).isEqualTo(new Tray.Back(0, false));
    }

    @Test
    void noMoreAreOnTheirWayThanTheSlateCanTellApart() {
        add("direct");
        int taken = 0;
        for (Assignment ahead = offer("a"); ahead != null; ahead = offer("a")) {
            assertThat(tray.takeBack(ahead)).isEqualTo(Tray.TakenBack.YES);
            taken++;
        }
        assertThat(taken).isEqualTo(Slate.RUNS - 1);
    }

    @Test
    void theFirstThatIsLeftIsWhatItIsAt() {
        Assignment direct = add("direct");
        Assignment ahead = offer("a");
        assertThat(tray.current()).isSameAs(direct);
        tray.remove(direct);
        worker.begin(ahead.run);
        assertThat(tray.current()).isSameAs(ahead);
        assertThat(ahead.attempt).isEqualTo(1);
        tray.remove(ahead);
        assertThat(tray.current()).isNull();
    }
}
