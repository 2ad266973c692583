package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TalkRoundsTest {

    @Test
    @Timeout(120)
    void eachLineHasItsNumber() throws Exception {
        assertThat(TalkRounds.run(1, 100))
                .hasSize(7)
                .allMatch(line -> line.matches("\\|.*\\|.*\\|"))
                .noneMatch(line -> line.contains("NaN"));
    }
}
