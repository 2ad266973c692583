package dev.pando.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** The crowds of the kernel experiment are counted by themselves, whatever other threads of the program do. */
class KernelCrowdTest {
    @Test
    void aThreadOfOthersThatEndsMeanwhileIsNotMissed() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Thread[] others = new Thread[8];
        for (int i = 0; i < others.length; i++) {
            others[i] = Thread.ofPlatform().daemon().start(() -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        ThreadFactory platform = work -> {
            over.countDown();
            for (Thread other : others) {
                try {
                    other.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Thread.ofPlatform().daemon().unstarted(work);
        };
        assertThat(KernelExperiment.crowd(20, platform).kernelThreads()).isEqualTo(20);
    }
}
