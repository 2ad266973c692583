package dev.pando.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GilTest {
    final Gil gil = new Gil(new Recorder(), "test");

    @Test
    void whoAsksGetsItFromAHolderThatNeverEnds() throws Exception {
        var hasIt = new CountDownLatch(1);
        gil.take();
        Thread patient = Thread.ofPlatform().start(() -> {
            try {
                gil.take();
                hasIt.countDown();
                gil.drop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (hasIt.getCount() > 0) {
            gil.check(); // between two instructions: only here the holder gives way
        }
        gil.drop();
        patient.join();
        assertThat(gil.switches()).isEqualTo(3);
    }

    @Test
    void nobodyAsksNobodyGivesWay() throws Exception {
        gil.take();
        gil.check();
        gil.drop();
        assertThat(gil.switches()).isEqualTo(1);
    }
}
