package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.spi.Failure.Progress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
        assertThat(worker.begin(1)).isTrue();
        assertThat(parent.progress(2)).isEqualTo(Progress.NOT_STARTED);
    }

    @Test
    void itTellsHowFarARunCame() {
        assertThat(worker.begin(7)).isTrue();
        assertThat(parent.progress(7)).isEqualTo(Progress.MAY_HAVE_RUN);
        worker.ended(7);
        assertThat(parent.progress(7)).isEqualTo(Progress.RAN);
        assertThat(worker.begin(8)).isTrue();
        assertThat(parent.progress(7))
                .as("progress of a run whose answer may be on its way")
                .isEqualTo(Progress.RAN);
        assertThat(parent.progress(8)).isEqualTo(Progress.MAY_HAVE_RUN);
    }

    @Test
    void itTellsTheStepOfARunThatHasBegun() {
        assertThat(parent.step(7)).isEqualTo(-1);
        assertThat(worker.begin(7)).isTrue();
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
        assertThat(worker.begin(3)).isTrue();
        assertThat(parent.progress(3)).isEqualTo(Progress.MAY_HAVE_RUN);
        assertThat(parent.take(3)).as("taken after it began").isFalse();
    }

    @Test
    void whatIsTakenBackIsNotBegun() {
        assertThat(parent.take(3)).isTrue();
        assertThat(worker.begin(3)).isFalse();
        assertThat(parent.progress(3)).isEqualTo(Progress.NOT_STARTED);
    }

    @Test
    void whoeverFindsALaterRunInItsPlaceWasTakenBack() {
        assertThat(parent.take(3)).isTrue();
        assertThat(parent.take(3 + ProgressPage.RUNS)).isTrue();
        assertThat(worker.begin(3)).isFalse();
        assertThat(worker.begin(3 + ProgressPage.RUNS)).isFalse();
        assertThat(worker.begin(3 + 2 * ProgressPage.RUNS)).isTrue();
    }

    /** The worker is stopped between its two steps. */
    @Test
    void aRunThatTheWorkerIsAboutToBeginIsLeftToIt() {
        List<Boolean> taken = new ArrayList<>();
        ProgressPage meeting = new ProgressPage(new Words() {
            @Override
            public void set(int at, long word) {
                super.set(at, word);
                if (taken.isEmpty()) {
                    taken.add(parent.take(3));
                }
            }
        });
        assertThat(meeting.begin(3)).as("the worker begins the run").isTrue();
        assertThat(taken).as("the parent took the run").containsExactly(false);
        assertThat(parent.take(3)).as("it takes the run later").isFalse();
        assertThat(parent.progress(3)).isEqualTo(Progress.MAY_HAVE_RUN);
    }

    /** The parent is stopped between its look and its decision, until the worker rests between two looks. */
    @Test
    void theWorkerWaitsUntilTheParentHasDecided() throws Exception {
        CountDownLatch workerLooked = new CountDownLatch(1);
        CountDownLatch parentLooked = new CountDownLatch(1);
        CountDownLatch looks = new CountDownLatch(1_000);
        ProgressPage early = new ProgressPage(new Words() {
            @Override
            public long get(int at) {
                long seen = super.get(at);
                looks.countDown();
                workerLooked.countDown();
                await(parentLooked);
                return seen;
            }
        });
        ProgressPage slow = new ProgressPage(new Words() {
            private boolean wanted;

            @Override
            public void set(int at, long word) {
                super.set(at, word);
                wanted = true;
            }

            @Override
            public long get(int at) {
                long seen = super.get(at);
                if (wanted) {
                    parentLooked.countDown();
                    await(looks);
                }
                return seen;
            }
        });
        CompletableFuture<Boolean> begun =
                CompletableFuture.supplyAsync(() -> early.begin(3), Thread::startVirtualThread);
        await(workerLooked);
        assertThat(slow.take(3)).as("the parent takes the run").isTrue();
        assertThat(begun.get()).as("the worker begins the run").isFalse();
        assertThat(parent.progress(3)).isEqualTo(Progress.NOT_STARTED);
    }

    /** The parent wants the run, and dies before it looks. */
    @Test
    void theDeathOfTheParentEndsTheWaitOfTheWorker() {
        ProgressPage dying = new ProgressPage(new Words() {
            @Override
            public void set(int at, long word) {
                super.set(at, word);
                throw new UnsupportedOperationException("dead");
            }
        });
        List<Integer> looks = new ArrayList<>();
        ProgressPage left = new ProgressPage(
                new Words() {
                    @Override
                    public void set(int at, long word) {
                        super.set(at, word);
                        assertThatThrownBy(() -> dying.take(3)).hasMessage("dead");
                    }
                },
                () -> looks.size() < 2 && looks.add(1));
        assertThat(left.begin(3)).isFalse();
        assertThat(looks).as("it asked until the parent was gone").hasSize(2);
    }

    /** As where memory runs out on the way to the caller. */
    @Test
    void anAnswerThatWasLostIsTheSameTheNextTime() {
        ProgressPage forgetful = new ProgressPage(new Words() {
            @Override
            public void set(int at, long word) {
                super.set(at, word);
                if (parent.take(3)) {
                    throw new OutOfMemoryError();
                }
            }
        });
        assertThatThrownBy(() -> forgetful.take(3)).isInstanceOf(OutOfMemoryError.class);
        assertThat(worker.begin(3)).isFalse();
        assertThat(parent.take(3)).isTrue();
    }

    @Test
    void whatOnlyTheWorkerHasCannotBeTaken() {
        assertThat(worker.begin(4)).isTrue();
        assertThat(parent.take(4)).isFalse();
    }

    /** Either the worker or the parent gets a run, whichever comes first. */
    @Test
    void eachRunIsHadByOneSide() throws Exception {
        int many = 200_000;
        AtomicIntegerArray had = new AtomicIntegerArray(many + 1);
        CyclicBarrier window = new CyclicBarrier(2);
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                for (int first = 1; first <= many; first += 100) {
                    window.await();
                    for (int run = first; run < first + 100; run++) {
                        had.addAndGet(run, worker.begin(run) ? 1 : 0);
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
                had.addAndGet(run, parent.take(run) ? 1 : 0);
            }
            window.await();
        }
        other.join();
        for (int run = 1; run <= many; run++) {
            assertThat(had.get(run)).isEqualTo(1);
        }
    }

    /** The memory, for a test that stops one side. */
    private class Words implements SharedWords {
        private final SharedWords words = new SharedWords.MappedWords(memory);

        @Override
        public long get(int at) {
            return words.get(at);
        }

        @Override
        public void set(int at, long word) {
            words.set(at, word);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
