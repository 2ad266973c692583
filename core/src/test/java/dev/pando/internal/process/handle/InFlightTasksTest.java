package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.handle.FakeWorker.FakeJob;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.internal.process.wire.SharedWords;
import dev.pando.spi.Failure.Progress;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The prefetched tasks of a worker. The test plays the worker, and begins tasks on the progress page. */
class InFlightTasksTest {
    private final FakeWorker host = new FakeWorker().ready();
    private final ByteBuffer memory = ByteBuffer.allocateDirect(ProgressPage.BYTES);
    private final ProgressPage worker = new ProgressPage(new SharedWords.MappedWords(memory));
    private final InFlightTasks inFlight = new InFlightTasks(host.handle);

    @BeforeEach
    void usePage() {
        inFlight.open(host, new ProgressPage(new SharedWords.MappedWords(memory)));
        Assignment first = add("first");
        var _ = worker.begin(first.run);
        worker.ended(first.run);
        var _ = inFlight.remove(first);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private Assignment add(String name) {
        FakeJob job = new FakeJob(name);
        return inFlight.add(job, job.begin(host), (TaskPayload) job.packedWork());
    }

    private Assignment offer(String name) {
        host.submit(name).mayGoAhead = true;
        return inFlight.offer(host);
    }

    private List<String> queue() {
        return host.queue.stream().map(FakeJob::name).toList();
    }

    @Test
    void noTaskLiesAheadOfAWorkerAtRest() {
        assertThat(offer("a")).isNull();
        assertThat(queue()).containsExactly("a");
    }

    @Test
    void noTaskLiesAheadOfAWorkerThatNeverWroteOnThePage() {
        InFlightTasks silent = new InFlightTasks(host.handle);
        silent.open(host, new ProgressPage(new SharedWords.MappedWords(ByteBuffer.allocateDirect(ProgressPage.BYTES))));
        FakeJob job = new FakeJob("direct");
        Assignment direct = silent.add(job, 1, (TaskPayload) job.packedWork());
        host.submit("a").mayGoAhead = true;
        assertThat(silent.offer(host)).isNull();
        silent.remove(direct);
        silent.add(job, 1, (TaskPayload) job.packedWork());
        assertThat(silent.offer(host)).isNull();
        assertThat(queue()).containsExactly("a");
    }

    @Test
    void aTaskThatMayNotGoAheadStandsInTheQueueAgain() {
        add("direct");
        host.submit("a");
        assertThat(inFlight.offer(host)).isNull();
        assertThat(queue()).containsExactly("a");
        assertThat(inFlight.size()).isEqualTo(1);
    }

    @Test
    void aTaskAheadHasNotBegunUntilTheWorkerBeginsIt() {
        add("direct");
        Assignment ahead = offer("a");
        inFlight.look(ahead);
        assertThat(ahead.attempt).isZero();
        var _ = worker.begin(ahead.run);
        inFlight.look(ahead);
        inFlight.look(ahead);
        assertThat(ahead.attempt).as("attempt of a task that was begun once").isEqualTo(1);
        assertThat(inFlight.begunTasks()).isEqualTo(3);
    }

    @Test
    void aTaskTakenBackIsTheTakersAndTheWorkerSkipsIt() {
        add("direct");
        Assignment ahead = offer("a");
        assertThat(inFlight.takeBack(ahead)).isEqualTo(InFlightTasks.TakenBack.YES);
        assertThat(inFlight.takeBack(ahead)).as("once").isEqualTo(InFlightTasks.TakenBack.NO);
        assertThat(worker.begin(ahead.run)).isFalse();
        assertThat(inFlight.find(ahead.run))
                .as("the task of an answer after it was taken")
                .isNull();
        assertThat(queue())
                .as("queued tasks, because the taker decides what to do with it")
                .isEmpty();
    }

    @Test
    void takingTheLastTaskSaysThatTheWorkerRests() {
        Assignment direct = add("direct");
        Assignment ahead = offer("a");
        assertThat(inFlight.remove(direct)).as("something is left").isFalse();
        assertThat(inFlight.takeBack(ahead)).isEqualTo(InFlightTasks.TakenBack.LAST);
        assertThat(offer("b")).as("it is at rest").isNull();
    }

    @Test
    void aTaskThatHasBegunIsNotTakenBackButKnownToHaveBegun() {
        add("direct");
        Assignment ahead = offer("a");
        var _ = worker.begin(ahead.run);
        assertThat(inFlight.takeBack(ahead)).isEqualTo(InFlightTasks.TakenBack.NO);
        assertThat(ahead.attempt).isEqualTo(1);
    }

    /** The worker is stopped between noting that it is about to begin the task, and beginning it. */
    @Test
    void aTaskThatTheWorkerIsAboutToBeginHasBegunAndStaysSo() {
        add("direct");
        Assignment ahead = offer("a");
        List<InFlightTasks.TakenBack> answers = new ArrayList<>();
        SharedWords words = new SharedWords.MappedWords(memory);
        ProgressPage meeting = new ProgressPage(new SharedWords() {
            @Override
            public long get(int at) {
                return words.get(at);
            }

            @Override
            public void set(int at, long word) {
                words.set(at, word);
                if (answers.isEmpty()) {
                    answers.add(inFlight.takeBack(ahead));
                }
            }
        });
        assertThat(meeting.begin(ahead.run))
                .as("the worker begins a task that was told to have begun")
                .isTrue();
        assertThat(answers).containsExactly(InFlightTasks.TakenBack.NO);
        assertThat(ahead.attempt).isEqualTo(1);
        assertThat(inFlight.takeBackAll(host)).isZero();
        assertThat(ahead.attempt).isEqualTo(1);
    }

    @Test
    void anAnswerMeansThatTheTaskHasBegun() {
        add("direct");
        Assignment ahead = offer("a");
        assertThat(inFlight.find(ahead.run).attempt)
                .as("whatever the page says")
                .isEqualTo(1);
        assertThat(inFlight.takeBack(ahead)).isEqualTo(InFlightTasks.TakenBack.NO);
    }

    @Test
    void allTasksThatHaveNotBegunGoBackInTheirOrder() {
        Assignment direct = add("direct");
        Assignment begun = offer("a");
        offer("b");
        offer("c");
        host.submit("later");
        var _ = worker.begin(begun.run);
        assertThat(inFlight.takeBackAll(host)).isEqualTo(2);
        assertThat(queue()).containsExactly("b", "c", "later");
        assertThat(inFlight.size()).isEqualTo(2);
        assertThat(begun.attempt).isEqualTo(1);
        var _ = inFlight.remove(direct);
        assertThat(inFlight.takeBackAll(host)).as("nothing to take").isEqualTo(0);
        assertThat(inFlight.remove(begun)).isTrue();
        assertThat(inFlight.takeBackAll(host)).as("it was at rest before").isEqualTo(0);
    }

    @Test
    void aWorkerThatLosesItsLastTaskToTheQueueIsAtRest() {
        Assignment direct = add("direct");
        offer("a");
        offer("b");
        var _ = inFlight.remove(direct);
        assertThat(inFlight.takeBackAll(host)).isEqualTo(-2);
    }

    @Test
    void aDeadWorkerKeepsTheTasksItHadBegun() {
        Assignment direct = add("direct");
        Assignment begun = offer("a");
        offer("b");
        var _ = worker.begin(direct.run);
        worker.ended(direct.run);
        var _ = worker.begin(begun.run);
        assertThat(inFlight.close(host)).containsExactly(direct, begun);
        assertThat(inFlight.progressOnPage(direct.run)).isEqualTo(Progress.RAN);
        assertThat(inFlight.progressOnPage(begun.run)).isEqualTo(Progress.MAY_HAVE_RUN);
        assertThat(queue()).containsExactly("b");
        assertThat(offer("c")).isNull();
        FakeJob late = new FakeJob("late");
        assertThat(inFlight.add(late, 1, (TaskPayload) late.packedWork())).isNull();
    }

    @Test
    void aPageThatTheWorkerTearsAwayIsNoMoreThanALie() {
        AtomicBoolean gone = new AtomicBoolean();
        SharedWords words = new SharedWords.MappedWords(ByteBuffer.allocateDirect(ProgressPage.BYTES));
        ProgressPage page = new ProgressPage(new SharedWords() {
            @Override
            public long get(int at) {
                if (gone.get()) {
                    throw new UncheckedIOException(new EOFException());
                }
                return words.get(at);
            }

            @Override
            public void set(int at, long word) {
                words.set(at, word);
            }
        });
        InFlightTasks torn = new InFlightTasks(host.handle);
        torn.open(host, page);
        FakeJob job = new FakeJob("direct");
        Assignment direct = torn.add(job, 1, (TaskPayload) job.packedWork());
        var _ = page.begin(direct.run);
        torn.remove(direct);
        torn.add(job, 1, (TaskPayload) job.packedWork());
        host.submit("a").mayGoAhead = true;
        Assignment ahead = torn.offer(host);
        gone.set(true);
        assertThat(torn.takeBack(ahead)).isEqualTo(InFlightTasks.TakenBack.NO);
        assertThat(ahead.attempt).as("believed to have begun").isEqualTo(1);
        assertThat(torn.progressOnPage(ahead.run)).isEqualTo(Progress.MAY_HAVE_RUN);
        assertThat(torn.takeBackAll(host)).isEqualTo(0);
    }

    @Test
    void noMoreRunsAreOnTheirWayThanThePageCanTellApart() {
        add("direct");
        int taken = 0;
        for (Assignment ahead = offer("a"); ahead != null; ahead = offer("a")) {
            assertThat(inFlight.takeBack(ahead)).isEqualTo(InFlightTasks.TakenBack.YES);
            taken++;
        }
        assertThat(taken).isEqualTo(ProgressPage.RUNS - 1);
    }

    @Test
    void theFirstTaskLeftIsTheCurrentOne() {
        Assignment direct = add("direct");
        Assignment ahead = offer("a");
        assertThat(inFlight.current()).isSameAs(direct);
        var _ = inFlight.remove(direct);
        var _ = worker.begin(ahead.run);
        assertThat(inFlight.current()).isSameAs(ahead);
        assertThat(ahead.attempt).isEqualTo(1);
        var _ = inFlight.remove(ahead);
        assertThat(inFlight.current()).isNull();
    }
}
