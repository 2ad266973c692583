package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks when tasks share the stack of their submission, and that each is shown the line that submitted it. */
class SubmissionStacksTest {
    private static final int MANY = 10_000;
    private static final int BETWEEN_LOOKS = 256;

    private final FakeWorker host = new FakeWorker();
    private final SubmissionStacks stacks = new SubmissionStacks(host);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void eachTaskHasItsOwnStackAsLongAsTheQueueIsNoLongerThanUsual() {
        waiting(MANY);

        Throwable[] of = submitted(2 * BETWEEN_LOOKS);

        assertThat(of).doesNotHaveDuplicates();
    }

    @Test
    void tasksOfOneLineShareAStackWhenVeryManyWait() {
        waiting(MANY + 1);
        submitted(BETWEEN_LOOKS);

        Throwable[] of = submitted(BETWEEN_LOOKS);

        assertThat(of).containsOnly(of[0]);
        assertThat(of[0].getStackTrace()[1].getMethodName()).isEqualTo("submitted");
    }

    @Test
    void tasksOfTwoLinesAlternateWithoutTakingEachOthersStack() {
        waiting(MANY + 1);
        submitted(BETWEEN_LOOKS);

        for (int i = 0; i < 10; i++) {
            Throwable one = stacks.here();
            Throwable other = stacks.here();

            assertThat(line(other)).isEqualTo(line(one) + 1);
        }
    }

    @Test
    void whenTheQueueIsShortAgainEachTaskHasItsOwnStack() {
        waiting(MANY + 1);
        submitted(BETWEEN_LOOKS);
        waiting(0);
        submitted(BETWEEN_LOOKS);

        assertThat(submitted(10)).doesNotHaveDuplicates();
    }

    private static int line(Throwable site) {
        return site.getStackTrace()[1].getLineNumber();
    }

    private Throwable[] submitted(int count) {
        Throwable[] of = new Throwable[count];
        for (int i = 0; i < count; i++) {
            of[i] = stacks.here();
        }
        return of;
    }

    private void waiting(int count) {
        FakeWorker.FakeJob job = new FakeWorker.FakeJob("waits");
        host.queue.clear();
        for (int i = 0; i < count; i++) {
            host.queue.add(job);
        }
    }
}
