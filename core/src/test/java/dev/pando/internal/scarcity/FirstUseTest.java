package dev.pando.internal.scarcity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.DeadlineExceededException;
import dev.pando.internal.pool.RehearsalThread;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The heap is full at one place of the library after the other, as in {@link ScarceMemoryTest}, but in a program that
 * has opened one pool before: from then on no class can be loaded or initialised, and no call through a handle be
 * linked, for the first time, until there is memory again. All that ends a task, or undoes its entry, must have been
 * used before.
 */
@Timeout(600)
class FirstUseTest {
    private static final Logger LOG = Logger.getLogger("dev.pando");
    private static final Thread.@Nullable UncaughtExceptionHandler BEFORE = Thread.getDefaultUncaughtExceptionHandler();
    private static final ScarceLoader LOADER = ScarceLoader.ofThisJvm();

    @BeforeAll
    static void load() {
        LOG.setLevel(Level.OFF); // the log is told each time
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});
    }

    @AfterAll
    static void restore() {
        ScarceMemory.beginUses(false);
        LOG.setLevel(null);
        Thread.setDefaultUncaughtExceptionHandler(BEFORE);
    }

    @ParameterizedTest(name = "{0}, some places")
    @ValueSource(strings = {"threads", "virtual"})
    void nothingIsUsedFirstInAFullHeap(String kind) throws Exception {
        assertNothingIsLeftBehind(kind, "(PoolCore|FlightRecorderEvents)\\..*");
    }

    @ParameterizedTest(name = "{0}, each place")
    @ValueSource(strings = {"threads", "virtual"})
    @Tag("full")
    void nothingIsUsedFirstAtAnyPlace(String kind) throws Exception {
        assertNothingIsLeftBehind(kind, ".*");
    }

    private static void assertNothingIsLeftBehind(String kind, String where) throws Exception {
        BitSet places = placesPassed(kind);
        assertThat(places.cardinality()).as("places that allocate").isGreaterThan(100);
        List<String> faults = new ArrayList<>();
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (ScarceMemory.name(place).matches(where)) {
                String fault = lifeOfABeginner(kind, place);
                if (!fault.isEmpty()) {
                    faults.add(ScarceMemory.name(place) + ": " + fault);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static BitSet placesPassed(String kind) throws Exception {
        ScarceMemory.beginUses(false);
        BiFunction<String, Runnable, String> life = LOADER.scenario(LocalScenario.class);
        assertThat(life.apply(kind, () -> {})).as("with memory").isEmpty();
        ScarceMemory.watch();
        assertThat(life.apply(kind, () -> {})).as("with memory").isEmpty();
        return ScarceMemory.seen();
    }

    private static String lifeOfABeginner(String kind, int place) throws Exception {
        ScarceLoader fresh = new ScarceLoader(LOADER);
        BiFunction<String, Runnable, String> life = fresh.scenario(LocalScenario.class);
        fresh.loadClass(DeadlineExceededException.class.getName()); // the scenario catches it
        ScarceMemory.beginUses(true);
        fresh.loadClass(RehearsalThread.class.getName()).getMethod("now").invoke(null);
        ScarceMemory.refuse(place, 1, 1);
        try {
            return life.apply(kind, ScarceMemory::relax);
        } catch (OutOfMemoryError noClass) {
            return ""; // not even the program could begin
        } finally {
            ScarceMemory.relax();
        }
    }
}
