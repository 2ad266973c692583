package dev.pando.internal.process.classes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenLambdasTest {
    private final SeenLambdas seenLambdas = new SeenLambdas();

    @Test
    void whatWasSeenIsRememberedOnceInItsOrder() {
        byte[] one = {1};
        byte[] other = {1};
        seenLambdas.saw(one);
        seenLambdas.saw(null);
        seenLambdas.saw(other);
        seenLambdas.saw(one);
        assertThat(seenLambdas.templates())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactly(one, other);
    }

    @Test
    void aProgramThatMakesEndlessClassesFillsNoMemory() {
        for (int i = 0; i < 1000; i++) {
            seenLambdas.saw(new byte[1]);
        }
        assertThat(seenLambdas.templates()).hasSize(32);
    }
}
