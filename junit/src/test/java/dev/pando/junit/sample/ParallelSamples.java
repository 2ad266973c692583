package dev.pando.junit.sample;

import dev.pando.junit.Isolated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that run side by side in one worker. */
public final class ParallelSamples {
    private ParallelSamples() {}

    @Isolated(timeout = "1m")
    @Execution(ExecutionMode.CONCURRENT)
    public static class Dying {
        private static final CountDownLatch WAITING = new CountDownLatch(1);

        @Test
        void dies() throws InterruptedException {
            WAITING.await();
            Runtime.getRuntime().halt(2);
        }

        @Test
        void waits() throws InterruptedException {
            WAITING.countDown();
            new CountDownLatch(1).await();
        }
    }

    @Isolated(timeout = "1m")
    @Execution(ExecutionMode.CONCURRENT)
    public static class Hanging {
        private static final CountDownLatch WAITING = new CountDownLatch(1);

        @Test
        @Isolated(timeout = "1s")
        void hangs() throws Exception {
            try {
                WAITING.await();
            } finally {
                Files.createFile(marker()); // also where the time is over before the other test has begun
            }
            while (true) {
                Thread.onSpinWait();
            }
        }

        /** Waits in the first worker, and passes in the second. */
        @Test
        void waitsOnce() throws InterruptedException {
            boolean first = Files.notExists(marker());
            WAITING.countDown();
            if (first) {
                new CountDownLatch(1).await();
            }
        }

        private static Path marker() {
            return Path.of(System.getProperty("sample.marker"));
        }
    }
}
