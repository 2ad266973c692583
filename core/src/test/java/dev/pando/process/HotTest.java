package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HotTest {
    private final Hot hot = new Hot();

    @Test
    void whatWasSeenIsRememberedOnceInItsOrder() {
        byte[] one = {1};
        byte[] other = {1};
        hot.saw(one);
        hot.saw(null);
        hot.saw(other);
        hot.saw(one);
        assertThat(hot.templates()).usingElementComparator((a, b) -> a == b ? 0 : 1).containsExactly(one, other);
    }

    @Test
    void aProgramThatMakesEndlessClassesFillsNoMemory() {
        for (int i = 0; i < 1000; i++) hot.saw(new byte[1]);
        assertThat(hot.templates()).hasSize(32);
    }
}
