package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that the comparison runs, in its shortest form. Checks no speeds. */
class SharingRoundsTest {

    @Test
    @Timeout(120)
    void aTinyRoundMeasuresEachConstruct() throws Exception {
        List<String> lines = SharingRounds.run(1, 20);

        List<String> rows = lines.stream()
                .filter(line -> line.split("\\|").length == 7)
                .skip(2)
                .toList();
        assertThat(rows)
                .hasSize(8)
                .allSatisfy(row ->
                        assertThat(row.split("\\|")[2].strip()).as("pando").isNotEqualTo("–"));
    }
}
