package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GateTest {

    /** In each round the task arrives at another moment of the closing. */
    @Test
    void whoeverComesWhileTheGateIsBeingClosedGetsThrough() throws Exception {
        closeWhileSomebodyComes(600);
    }

    @Tag("full")
    @Test
    void whoeverComesWhileTheGateIsBeingClosedGetsThroughEveryTime() throws Exception {
        closeWhileSomebodyComes(5_000);
    }

    private static void closeWhileSomebodyComes(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            Gate gate = new Gate();
            Gate.Handle handle = gate.handle();
            BackgroundCall<Integer> comes = BackgroundCall.ask(() -> handle.pass(1));
            for (int i = round % 200 * 50; i > 0; i--) {
                Thread.onSpinWait();
            }
            gate.close();

            assertThat(comes.join()).isEqualTo(1);
        }
    }

    @Test
    void aGateThatWasClosedStaysOpen() throws Exception {
        Gate gate = new Gate();
        gate.close();

        assertThat(gate.handle().pass(1)).isEqualTo(1);
    }

    @Test
    void oneGateDoesNotOpenAnother() throws Exception {
        try (Gate shut = new Gate();
                Gate open = new Gate()) {
            Gate.Handle handle = shut.handle();
            BackgroundCall<Integer> comes = BackgroundCall.ask(() -> handle.pass(1));
            shut.awaitArrivals(1);
            open.open();
            open.handle().await();
            assertThat(open.arrivals()).isEqualTo(1);
            assertThat(shut.arrivals()).isEqualTo(1);
            assertThat(comes.isDone()).isFalse();
            shut.openForOne();

            assertThat(comes.join()).isEqualTo(1);
        }
    }
}
