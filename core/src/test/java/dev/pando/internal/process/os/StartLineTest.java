package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
@Tag("processes")
class StartLineTest {
    private final TestProcesses testProcesses = new TestProcesses();

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        testProcesses.close();
    }

    @ParameterizedTest
    @CsvSource({
        "99, 501, false", // a tick before
        "101, 2, true", // a tick later
        "100, 500, false", // in that tick, the last before
        "100, 501, true",
        "100, 499, false",
        "100, 301, false",
    })
    void theTickDecidesAndThenTheNumber(long start, long pid, boolean behind) {
        assertThat(new StartLine(100, 500).isBehind(new ProcFs.Stat(pid, 'S', 1, 1, 1, start)))
                .isEqualTo(behind);
    }

    @Test
    void aNumberFarBelowInTheSameTickBeganAnew() {
        assertThat(new StartLine(100, 32_700).isBehind(new ProcFs.Stat(302, 'S', 1, 1, 1, 100)))
                .isTrue();
    }

    @Test
    void whatWasStartedBeforeAndAfterAMomentIsToldApart() throws Exception {
        for (int round = 0; round < 20; round++) {
            long before = testProcesses.stranger("/bin/sleep", "300").pid();
            long number = ProcFs.lastNumber();
            long moment = System.nanoTime();
            long after = testProcesses.stranger("/bin/sleep", "300").pid();

            StartLine line = StartLine.of(moment, number);

            assertThat(line.isBehind(ProcFs.stat(after))).as("round %s", round).isTrue();
            if (ProcFs.stat(before).start() == line.tick()) {
                assertThat(line.isBehind(ProcFs.stat(before)))
                        .as("round %s", round)
                        .isFalse();
            }
        }
    }
}
