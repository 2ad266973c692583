package dev.pando.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.loop.Loop;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test no loop has a coroutine, and the thread beside each loop ends. */
public final class LoopLeakCheck implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        assertThat(Loop.dump()).isEqualTo("no loop has a coroutine");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().endsWith("-warden")) {
                thread.join();
            }
        }
    }
}
