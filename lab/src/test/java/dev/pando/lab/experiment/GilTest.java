package dev.pando.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GilTest {
    final InterpreterLock interpreterLock = new InterpreterLock(new TimelineRecorder(), "test");

    @Test
    void whoAsksGetsItFromAHolderThatNeverEnds() throws Exception {
        var hasIt = new CountDownLatch(1);
        interpreterLock.take();
        Thread patient = Thread.ofPlatform().start(() -> {
            try {
                interpreterLock.take();
                hasIt.countDown();
                interpreterLock.drop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (hasIt.getCount() > 0) {
            interpreterLock.check(); // between two instructions: only here the holder gives way
        }
        interpreterLock.drop();
        patient.join();
        assertThat(interpreterLock.switches()).isEqualTo(3);
    }

    @Test
    void nobodyAsksNobodyGivesWay() throws Exception {
        interpreterLock.take();
        interpreterLock.check();
        interpreterLock.drop();
        assertThat(interpreterLock.switches()).isEqualTo(1);
    }
}
