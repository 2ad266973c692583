package dev.pando.cluster.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotShareTest {
    private final SlotShare share = new SlotShare(4);

    private int takeAll(Object program) {
        int taken = 0;
        while (share.take(program)) {
            taken++;
        }
        return taken;
    }

    @Test
    void aProgramThatIsAloneMayHaveAllSlots() {
        assertThat(takeAll("a")).isEqualTo(4);
        assertThat(share.running()).isEqualTo(4);
    }

    @Test
    void aProgramThatComesLaterGetsHalfAsSlotsBecomeFree() {
        assertThat(takeAll("a")).isEqualTo(4);
        assertThat(takeAll("b")).isZero();

        for (int i = 0; i < 2; i++) {
            assertThat(share.give("a")).contains("b");
            assertThat(share.take("a")).as("while b waits").isFalse();
            assertThat(share.take("b")).isTrue();
            assertThat(share.take("b")).isFalse();
        }
        share.give("a");

        assertThat(share.take("b")).as("more than half while a waits").isFalse();
        assertThat(share.take("a")).isTrue();
    }

    @Test
    void whatOneProgramDoesNotWantTheOtherMayHave() {
        assertThat(takeAll("a")).isEqualTo(4);
        assertThat(takeAll("b")).isZero();
        share.forget("b");
        share.give("a");

        assertThat(share.take("a")).isTrue();
    }

    @Test
    void aProgramThatIsAloneMayHaveTasksThatLieUntilAnotherComes() {
        assertThat(takeAll("a")).isEqualTo(4);
        assertThat(share.take("a", true)).isTrue();
        assertThat(share.take("a", true)).isTrue();
        assertThat(share.running()).isEqualTo(4);

        assertThat(share.take("b", true)).as("until those that lie are done").isFalse();
        assertThat(share.take("a", true)).as("while b waits").isFalse();
        share.give("a");
        share.give("a");
        assertThat(share.take("b")).isFalse();
        share.give("a");
        assertThat(share.take("b")).isTrue();
    }
}
