package dev.pando.internal.scarcity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The heap is full at one place of the library after the other: an object, a lambda, a call of the JDK that allocates.
 * Whichever it is, a submission is refused or its task ends, callbacks are called, and the pool's books are right: no
 * task waits, none runs, a new one is done, and the pool closes.
 */
@Timeout(600)
@Tag("slow")
class ScarceMemoryTest {
    private static final Logger LOG = Logger.getLogger("dev.pando");
    private static final Thread.@Nullable UncaughtExceptionHandler BEFORE = Thread.getDefaultUncaughtExceptionHandler();

    private static BiFunction<String, Runnable, String> poolLife;
    private static BiFunction<String, Runnable, String> loopLife;
    private static BiFunction<String, Runnable, String> processLife;

    @BeforeAll
    static void load() throws Exception {
        LOG.setLevel(Level.OFF); // the log is told each time
        ScarceMemory.beginUses(false);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!"injected".equals(thrown.getMessage())) {
                thrown.printStackTrace();
            }
        });
        ScarceLoader loader = ScarceLoader.ofThisJvm();
        poolLife = loader.scenario(LocalScenario.class);
        loopLife = loader.scenario(LoopScenario.class);
        processLife = ScarceLoader.ofProcesses().scenario(ProcessScenario.class);
    }

    private static String live(String kind, Runnable relax) {
        boolean inProcesses = kind.startsWith("processes");
        return (inProcesses ? processLife : kind.startsWith("run") ? loopLife : poolLife).apply(kind, relax);
    }

    @AfterAll
    static void restore() {
        LOG.setLevel(null);
        Thread.setDefaultUncaughtExceptionHandler(BEFORE);
    }

    @ParameterizedTest(name = "{0}, refused once")
    @CsvSource({"threads", "virtual", "caller", "loop", "run"})
    void oneAllocationIsRefused(String kind) {
        assertNothingIsLeftBehind(kind, place -> true, 1, 1);
    }

    @ParameterizedTest(name = "{0}, refused {1} times")
    @CsvSource({
        "threads, 1",
        "threads, 4",
        "threads, 20",
        "virtual, 1",
        "virtual, 4",
        "virtual, 20",
        "unlimited, 4",
        "caller, 4",
        "loop, 1",
        "loop, 4",
        "loop, 20",
        "run, 1",
        "run, 4",
        "run, 20",
        "run shuffled, 4"
    })
    @Tag("full")
    void severalAllocationsAreRefused(String kind, int times) {
        assertNothingIsLeftBehind(kind, place -> true, times, 1, 2, 5);
    }

    static void assertNothingIsLeftBehind(String kind, IntPredicate chosen, int times, int... passes) {
        BitSet places = placesPassed(kind);
        assertThat(places.cardinality()).as("places that allocate").isGreaterThan(100);
        List<String> faults = new ArrayList<>();
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            boolean struck = chosen.test(place);
            for (int i = 0; i < passes.length && struck; i++) {
                struck = isShortAt(kind, place, passes[i], times, faults);
            }
        }
        assertThat(faults).isEmpty();
    }

    private static BitSet placesPassed(String kind) {
        assertThat(live(kind, () -> {})).as("with memory").isEmpty();
        ScarceMemory.watch();
        for (int i = 0; i < 3; i++) {
            assertThat(live(kind, () -> {})).as("with memory").isEmpty();
        }
        return ScarceMemory.seen();
    }

    /** Returns whether the place was passed so often. */
    private static boolean isShortAt(String kind, int place, int pass, int times, List<String> faults) {
        ScarceMemory.refuse(place, pass, times);
        boolean[] struck = {false};
        String fault = live(kind, () -> struck[0] = ScarceMemory.relax());
        if (!fault.isEmpty()) {
            faults.add(ScarceMemory.name(place) + ", passed for the " + pass + ". time: " + fault);
        }
        return struck[0];
    }
}
