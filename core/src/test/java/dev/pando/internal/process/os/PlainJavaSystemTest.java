package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done without help of the system, here on Linux, which has a program to start. */
@EnabledOnOs(OS.LINUX)
class PlainJavaSystemTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private volatile Duration ahead = Duration.ZERO;
    private final OperatingSystem os = new PlainJavaSystem(() -> Instant.now().plus(ahead));
    private Process child;

    @AfterEach
    void endChild() throws Exception {
        child.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3600, -3600})
    void aProcessOfTheRunEndsHoweverTheClockJumpsMeanwhile(long seconds) throws Exception {
        long number = os.lastProcessNumber();
        long before = System.nanoTime() - SECOND; // starts are known to a hundredth of a second here
        child = new ProcessBuilder("sleep", "300").start();
        ahead = Duration.ofSeconds(seconds);
        os.endFamilySince(before, number);
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anOlderProcessGoesOn() throws Exception {
        child = new ProcessBuilder("sleep", "300").start();
        os.endFamilySince(System.nanoTime() + 10 * SECOND, os.lastProcessNumber());
        assertThat(child.toHandle().isAlive()).isTrue();
        assertThat(child.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
    }
}
