package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Checks that every thread is found in {@code /proc}. Checks no times. */
@EnabledOnOs(OS.LINUX)
class WhereTimeGoesTest {

    @Test
    @Timeout(120)
    void everyThreadThatWorksIsFound() throws Exception {
        List<String> table = WhereTimeGoes.table(0);
        assertThat(table).hasSize(8);
        for (String row : table.subList(2, 7)) {
            if (row.contains("the rest of the parent")) {
                continue; // those threads may have had nothing to do
            }
            assertThat(Arrays.stream(row.split(" \\| "))
                            .skip(1)
                            .mapToDouble(cell -> Double.parseDouble(cell.replace("|", ""))))
                    .as(row)
                    .hasSize(3)
                    .allMatch(micros -> micros >= 0.01);
        }
    }
}
