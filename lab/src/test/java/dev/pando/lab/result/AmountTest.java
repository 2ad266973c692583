package dev.pando.lab.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "12, 12 ns",
        "999, 999 ns",
        "1500, 1.50 µs",
        "27700000, 27.7 ms",
        "99960000, 100 ms",
        "9996000, 10.0 ms",
        "1310000000, 1.31 s",
        "120000000000, 120 s"
    })
    void timesHaveThreeDigitsAndTheirUnit(double nanos, String text) {
        assertThat(MeasuredAmount.nanos(nanos)).hasToString(text);
    }

    @Test
    void countsAreWrittenInFull() {
        assertThat(MeasuredAmount.count(5_000_050_000L)).hasToString("5 000 050 000");
        assertThat(MeasuredAmount.count(-57_867L)).hasToString("-57 867");
        assertThat(MeasuredAmount.perSecond(3_731)).hasToString("3 731/s");
    }

    @Test
    void sizesAndRatios() {
        assertThat(MeasuredAmount.bytes(1_200L)).hasToString("1.17 KB");
        assertThat(MeasuredAmount.bytes(0L)).hasToString("0 B");
        assertThat(MeasuredAmount.times(28.789)).hasToString("28.79x");
    }

    @Test
    void theMiddleRunSpeaksForAll() {
        TimingSample timingSample = new TimingSample(30, 10, 20);
        assertThat(timingSample.median()).isEqualTo(20);
        assertThat(timingSample.spread()).isEqualTo(1);
        assertThat(timingSample.isNoisy()).isTrue();
        assertThat(new TimingSample(100, 101, 102, 103).median()).isEqualTo(101.5);
        assertThat(new TimingSample(100, 101, 102, 103).isNoisy()).isFalse();
    }
}
