package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that the comparison runs, in its shortest form. Checks no speeds. */
class LoopRoundsTest {

    @Test
    @Timeout(120)
    void aTinyRoundMeasuresTheLoopAndVirtualThreads() throws Exception {
        List<String> lines = LoopRounds.run(1, LoopRounds.Size.TINY);

        List<String> rows = lines.stream()
                .filter(line -> line.split("\\|").length == 5)
                .skip(2)
                .toList();
        assertThat(rows).hasSize(4).allSatisfy(row -> {
            assertThat(row.split("\\|")[2].strip()).as("pando").isNotEqualTo("–");
            assertThat(row.split("\\|")[4].strip()).as("virtual").isNotEqualTo("–");
        });
    }
}
