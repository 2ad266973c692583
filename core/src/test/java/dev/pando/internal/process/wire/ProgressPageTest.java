package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.ProgressPage.Begin;
import dev.pando.spi.Failure.Progress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ProgressPageTest {
    private final ByteBuffer memory = ByteBuffer.allocateDirect(ProgressPage.BYTES);
    private final ProgressPage worker = new ProgressPage(new SharedWords.MappedWords(memory));
    private final ProgressPage parent = new ProgressPage(new SharedWords.MappedWords(memory));

    @Test
    void whatWasNotNotedHasNotStarted() {
        assertThat(parent.progress(1)).isEqualTo(Progress.NOT_STARTED);
        assertThat(worker.begin(1)).isEqualTo(Begin.YES);
        assertThat(parent.progress(2)).isEqualTo(Progress.NOT_STARTED);
    }

    @Test
    void itTellsHowFarARunCame() {
        assertThat(worker.begin(7)).isEqualTo(Begin.YES);
        assertThat(parent.progress(7)).isEqualTo(Progress.MAY_HAVE_RUN);
        worker.ended(7);
        assertThat(parent.progress(7)).isEqualTo(Progress.RAN);
        assertThat(worker.begin(8)).isEqualTo(Begin.YES);
        assertThat(parent.progress(7))
                .as("progress of a run whose answer may be on its way")
                .isEqualTo(Progress.RAN);
        assertThat(parent.progress(8)).isEqualTo(Progress.MAY_HAVE_RUN);
    }

    @Test
    void itTellsTheStepOfARunThatHasBegun() {
        assertThat(parent.step(7)).isEqualTo(-1);
        assertThat(worker.begin(7)).isEqualTo(Begin.YES);
        assertThat(parent.step(7)).as("a run without steps").isEqualTo(-1);
        worker.step(7, 0);
        assertThat(parent.step(7)).isZero();
        assertThat(parent.progress(7)).isEqualTo(Progress.MAY_HAVE_RUN);
        worker.step(7, 8191);
        assertThat(parent.step(7)).isEqualTo(8191);
        assertThat(parent.take(7)).as("taken after it began").isFalse();
        worker.step(7, Integer.MAX_VALUE);
        assertThat(parent.step(7))
                .as("a number too large for the word is not noted")
                .isEqualTo(8191);
        worker.ended(7);
        assertThat(parent.step(7)).isEqualTo(-1);
        assertThat(parent.progress(7)).isEqualTo(Progress.RAN);
    }

    @Test
    void itHoldsEveryNumberThatARunMayHave() {
        worker.step(Integer.MAX_VALUE, 5);
        assertThat(parent.step(Integer.MAX_VALUE)).isEqualTo(5);
        worker.ended(Integer.MAX_VALUE);
        assertThat(parent.progress(Integer.MAX_VALUE)).isEqualTo(Progress.RAN);
    }

    @Test
    void whatWasSentHasNotStartedUntilTheWorkerBeginsIt() {
        assertThat(parent.progress(3)).isEqualTo(Progress.NOT_STARTED);
        assertThat(worker.begin(3)).isEqualTo(Begin.YES);
        assertThat(parent.progress(3)).isEqualTo(Progress.MAY_HAVE_RUN);
        assertThat(parent.take(3)).as("taken after it began").isFalse();
    }

    @Test
    void whatIsTakenBackIsNotBegun() {
        assertThat(parent.take(3)).isTrue();
        assertThat(worker.begin(3)).isEqualTo(Begin.NO);
        assertThat(parent.progress(3)).isEqualTo(Progress.NOT_STARTED);
    }

    @Test
    void whoeverFindsALaterRunInItsPlaceWasTakenBack() {
        assertThat(parent.take(3)).isTrue();
        assertThat(parent.take(3 + ProgressPage.RUNS)).isTrue();
        assertThat(worker.begin(3)).isEqualTo(Begin.NO);
        assertThat(worker.begin(3 + ProgressPage.RUNS)).isEqualTo(Begin.NO);
        assertThat(worker.begin(3 + 2 * ProgressPage.RUNS)).isEqualTo(Begin.YES);
    }

    /** The test stops the worker between its two steps. */
    @Test
    void whereBothMeetTheWorkerGivesWayAndSaysSo() {
        SharedWords words = new SharedWords.MappedWords(memory);
        List<Boolean> taken = new ArrayList<>();
        ProgressPage meeting = new ProgressPage(new SharedWords() {
            @Override
            public long get(int at) {
                return words.get(at);
            }

            @Override
            public void set(int at, long word) {
                words.set(at, word);
                if (taken.isEmpty()) {
                    taken.add(parent.take(3));
                }
            }
        });
        assertThat(meeting.begin(3)).isEqualTo(Begin.NO_SAY_SO);
        assertThat(taken).as("the parent took the run").containsExactly(false);
        assertThat(parent.progress(3)).isEqualTo(Progress.NOT_STARTED);
    }

    @Test
    void whatOnlyTheWorkerHasCannotBeTaken() {
        assertThat(worker.begin(4)).isEqualTo(Begin.YES);
        assertThat(parent.take(4)).isFalse();
    }

    /** Either the worker or the parent gets a run, whichever comes first. */
    @Test
    void eachRunIsHadByOneSide() throws Exception {
        int many = 200_000;
        AtomicIntegerArray had = new AtomicIntegerArray(many + 1);
        AtomicIntegerArray told = new AtomicIntegerArray(many + 1);
        AtomicIntegerArray given = new AtomicIntegerArray(many + 1);
        CyclicBarrier window = new CyclicBarrier(2);
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                for (int first = 1; first <= many; first += 100) {
                    window.await();
                    for (int run = first; run < first + 100; run++) {
                        began(run, had, told);
                    }
                    window.await();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        for (int first = 1; first <= many; first += 100) {
            window.await();
            for (int run = first + 99; run >= first; run--) {
                if (parent.take(run)) {
                    had.incrementAndGet(run);
                } else {
                    given.set(run, 1);
                }
            }
            window.await();
        }
        other.join();
        for (int run = 1; run <= many; run++) {
            boolean heardLater = given.get(run) == 1 && told.get(run) == 1; // believed begun, then heard that not
            assertThat(had.get(run)).isEqualTo(heardLater ? 0 : 1);
        }
    }

    private void began(int run, AtomicIntegerArray had, AtomicIntegerArray told) {
        Begin begin = worker.begin(run);
        if (begin == Begin.YES) {
            had.incrementAndGet(run);
        }
        if (begin == Begin.NO_SAY_SO) {
            told.set(run, 1);
        }
    }
}
