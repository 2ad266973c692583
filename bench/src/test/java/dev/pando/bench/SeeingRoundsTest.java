package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeeingRoundsTest {

    @Test
    void aShortRoundHasEveryState() throws Exception {
        assertThat(SeeingRounds.run(1, 1_000_000))
                .hasSize(6)
                .anySatisfy(line -> assertThat(line).contains("a dashboard, one browser", "%"))
                .anySatisfy(line -> assertThat(line).contains("a dashboard, no browser", "%"));
    }
}
