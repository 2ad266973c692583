package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test, no descendant process is left. */
public final class NoProcessLeft implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        var left = ProcessHandle.current().descendants().toList();
        var ends = left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(20, TimeUnit.SECONDS);
        } finally {
            var alive = left.stream().filter(ProcessHandle::isAlive).toList();
            alive.forEach(ProcessHandle::destroyForcibly);
            assertThat(alive.stream()
                            .map(handle -> handle.pid() + " "
                                    + handle.info().commandLine().orElse("")))
                    .as("processes that are left")
                    .isEmpty();
        }
    }
}
