package dev.pando.lab.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.Advisor;
import dev.pando.lab.NoProcessLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The adviser's kind, on methods whose kind is known, whatever else the machine does. Here a measurement is judged,
 * because the kind is what the adviser promises: "cannot tell" counts as wrong.
 */
@ExtendWith(NoProcessLeft.class)
@Tag("alone")
class KnownMethodTest {
    /** Ten by {@code -Dadviser.runs=10}, which takes three quarters of an hour: see CONTRIBUTING. */
    private static final int RUNS = Integer.getInteger("adviser.runs", 1);

    /** Returns what is wrong with the advice; empty if nothing is. */
    static List<String> wrong(KnownMethod method) {
        Recommendation found = Advisor.of(
                        method.fn, LongStream.range(1, 50).boxed().toList())
                .budget(Duration.ofSeconds(method.name().endsWith("0_MS") ? 4 : 2))
                .recommend();
        CallProfile profile = found.callProfile();
        String said = String.format(
                Locale.ROOT,
                "%s is %s: %s (cpu %.3f ms, waits %.3f ms, delay %.3f ms, pause %.3f ms; %d calls; %s)",
                method,
                profile.kind(),
                found,
                profile.cpuNanos() / 1e6,
                profile.waitNanos() / 1e6,
                profile.delayNanos().orElse(-1) / 1e6,
                profile.pauseNanos() / 1e6,
                profile.calls(),
                found.because());
        System.out.println("adviser, " + said);
        return profile.kind() == method.kind && method.isSuitedBy(found.best()) ? List.of() : List.of(said);
    }

    /** A few runs, so that every build has them. */
    @ParameterizedTest
    @EnumSource(
            names = {"TRIAL_DIVISION_OF_10_US", "FILLS_32_MB", "SLEEPS_1_MS", "READS_256_KB", "LOCKS_2_MS", "MIXED_4_MS"
            })
    void oneOfEachIsRightInKind(KnownMethod method) {
        assertThat(wrong(method)).isEmpty();
    }

    @Test
    void thereAreThirty() {
        assertThat(KnownMethod.values()).hasSize(30);
        assertThat(EnumSet.allOf(KnownMethod.class))
                .extracting(method -> method.kind)
                .contains(WorkKind.COMPUTES, WorkKind.WAITS, WorkKind.MIXED, WorkKind.TAKES_TURNS);
    }

    @Tag("trial")
    @ParameterizedTest
    @EnumSource
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyOneIsRightInEachRun(KnownMethod method) {
        assertThat(eachRun(method)).isEmpty();
    }

    @Tag("trial")
    @ParameterizedTest
    @EnumSource
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyOneIsRightInEachRunBesideABuild(KnownMethod method) throws Exception {
        try (BuildLoad _ = new BuildLoad()) {
            assertThat(eachRun(method)).isEmpty();
        }
    }

    private static List<String> eachRun(KnownMethod method) {
        List<String> wrong = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            wrong.addAll(wrong(method));
        }
        return wrong;
    }
}
