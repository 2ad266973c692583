package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.loop.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a call at the end of a ring stops waiting there. */
@Timeout(60)
class RingWaitTest {
    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aThreadThatWaitsInVainNapsAndThenAsks(boolean wasSlow) {
        RingWait wait = new RingWait(Long.MAX_VALUE, wasSlow);
        boolean napped = false;
        while (wait.rest()) {
            napped |= wait.hasNapped();
        }
        assertThat(napped).as("it looked again after a nap").isTrue();
        assertThat(wait.isSlow()).isTrue();
    }

    @Test
    void aCallWithoutTimeAsksAtOnce() {
        assertThat(new RingWait(0, false).rest()).isFalse();
    }

    @Test
    void anInterruptedThreadAsksAtOnceAndIsStillInterrupted() {
        RingWait wait = new RingWait(Long.MAX_VALUE, true);
        Thread.currentThread().interrupt();
        assertThat(wait.rest()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    /** Its loop would nap as well. */
    @Test
    void aCoroutineDoesNotNap() {
        assertThat(Loop.run(() -> {
                    RingWait wait = new RingWait(Long.MAX_VALUE, true);
                    while (wait.rest()) {
                        assertThat(wait.hasNapped()).isFalse();
                    }
                    return wait.hasNapped();
                }))
                .isFalse();
    }
}
