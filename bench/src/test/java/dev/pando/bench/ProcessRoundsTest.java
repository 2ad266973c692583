package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the comparison runs, in its shortest form. How fast anything was is not looked at. */
class ProcessRoundsTest {

    @Test
    @Timeout(240)
    void aTinyRoundMeasuresOursAndTheOtherJavaPool() throws Exception {
        List<String> lines = ProcessRounds.run(1, ProcessRounds.Size.TINY);

        List<String> rows = lines.stream().filter(line -> line.startsWith("| ") && line.split("\\|").length == 5).skip(5).toList();
        assertThat(rows).hasSize(9).allSatisfy(row -> assertThat(cell(row, 2)).as("pando").isNotEqualTo("–"));
        assertThat(rows.subList(0, 3)).allSatisfy(row -> assertThat(cell(row, 4)).as("pp4j").isNotEqualTo("–"));
        assertThat(ProcessHandle.current().descendants()).as("processes left behind").isEmpty();
    }

    private static String cell(String row, int column) {
        return row.split("\\|")[column].strip();
    }
}
