package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.LockPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The word of a lock and its table, against a model: workers take the lock, again too, give it back, end their tasks
 * with it and die, in seeded order, and their messages arrive later. One thread plays them all, and steps in wherever
 * the code of a worker is between two atomic instructions.
 */
class LockModelTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void oneHasItNoneIsForgottenAndEachDeathIsToldOnce(long seed) {
        int taken = 0;
        for (int round = 0; round < 200; round++) {
            LockModel model = new LockModel(1000 * seed + round);
            for (int step = 0; step < 250; step++) {
                model.step();
            }
            model.settle();
            taken += model.takenByWord;
        }
        assertThat(taken).as("taken without a message").isGreaterThan(1000);
    }

    @Test
    void aHolderIsNamedByItsWord() {
        long word = LockPage.holder(0xffff, 0x12345678, 0xffff_ffffL);
        assertThat(LockPage.worker(word)).isEqualTo(LockPage.MOST_WORKERS);
        assertThat(LockPage.run(word)).isEqualTo(0x5678);
        assertThat(LockPage.thread(word)).isEqualTo(0xffff_ffffL);
        assertThat(LockPage.holder(1, 1, 1L << 32)).as("a thread beyond it").isEqualTo(LockPage.FREE);
        assertThat(LockPage.worker(LockPage.holder(1, 0, 0))).isOne();
    }
}
