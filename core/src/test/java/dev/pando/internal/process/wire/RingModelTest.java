package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ring in every order of the instructions of two workers and of the program, with each death of a worker. */
class RingModelTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "1, 2", "3, 2"})
    @Tag("slow")
    void noItemIsLostOrDoubledOrTornOrOvertaken(int inTable, int limit) {
        RingModel model = new RingModel(inTable, limit);
        model.explore();
        int byMessage = inTable + 2;
        assertThat(model.endings).contains(byMessage + " in, 0 out", byMessage + 2 + " in, 2 out");
    }
}
