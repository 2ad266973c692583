package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** That the comparison runs. How fast anything was is not looked at. */
class LargeArraysTest {

    @Test
    void aSmallSizeAndOneThatGoesTheShortWay() throws Exception {
        assertThat(LargeArrays.run(List.of(16, 256))).hasSize(6).last().asString().startsWith("| 256 KiB | ");
        assertThat(ProcessHandle.current().descendants()).as("processes left behind").isEmpty();
    }
}
