package dev.pando.lab.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Curves whose top is known, without a clock. */
class ClimbTest {
    final List<Integer> asked = new ArrayList<>();

    int top(IntToDoubleFunction curve, int guess, int most) {
        return HillClimb.top(
                new HillClimb(
                                workers -> {
                                    asked.add(workers);
                                    return curve.applyAsDouble(workers);
                                },
                                () -> true,
                                most)
                        .from(guess),
                0.97);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 60, 200})
    void theKneeIsFoundFromAnyGuess(int guess) {
        IntToDoubleFunction curve = workers -> Math.min(workers, 24);
        assertThat(curve.applyAsDouble(top(curve, guess, 512))).isGreaterThanOrEqualTo(0.9 * 24);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 30, 100})
    void aPeakIsFoundFromBothSides(int guess) {
        IntToDoubleFunction curve = workers -> workers <= 12 ? workers : 12 - 0.1 * (workers - 12);
        assertThat(curve.applyAsDouble(top(curve, guess, 512))).isGreaterThanOrEqualTo(0.9 * 12);
    }

    @Test
    void whereEverythingIsEqualOneIsEnough() {
        assertThat(top(_ -> 100, 8, 512)).isLessThanOrEqualTo(8);
        assertThat(asked).doesNotHaveDuplicates().hasSizeLessThan(12);
    }

    @Test
    void moreThanTheMostIsNeverAsked() {
        assertThat(top(workers -> workers, 3, 10)).isEqualTo(10);
        assertThat(asked).allMatch(workers -> workers >= 1 && workers <= 10);
    }

    @Test
    void withoutTimeTheGuessIsTheAnswer() {
        assertThat(HillClimb.top(new HillClimb(workers -> workers, () -> false, 64).from(4), 0.97))
                .isEqualTo(4);
    }
}
