package dev.pando.internal.scarcity;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link ScarceMemoryTest}, beside worker processes. A class of its own, so that two test JVMs share the time. */
@Timeout(1800)
@Tag("slow")
class ScarceWorkersTest {
    /** Where a task, or the end of a pool of worker processes, once waited for ever; not all such places. */
    private static final Predicate<String> HUNG = Pattern.compile(
                    "SchedulerShell\\.(answered|carryOut|tell|report|wake|closeIfOver).*"
                            + "|(WorkerStarts|CommandList|StopRequests|InFlightTasks)\\..*"
                            + "|WorkerReaper\\.(take|settle|report|giveBack).*|TaskFeeder\\.(feed|prepare).*"
                            + "|WorkerHandle\\.(kill|release).*|WorkerLauncher\\.kill.*|FrameOutbox\\.close.*")
            .asMatchPredicate();

    /** Where a process was left behind that had been started, or might be. */
    private static final Predicate<String> LEFT = Pattern.compile(
                    "(WorkerLauncher|ProcessStarter|TwinProcess)\\.start.*"
                            + "|(FrameOutbox|OutputReader|StreamSplitter)\\.(<init>|start).*"
                            + "|StderrPipe.*|EventPublisher\\.(workerLost|isRecorded).*")
            .asMatchPredicate();

    @BeforeAll
    static void load() throws Exception {
        ScarceMemoryTest.load();
    }

    @AfterAll
    static void restore() {
        ScarceMemoryTest.restore();
    }

    /** Of the places that all pools pass, one of many; of those that only worker processes have, the ones that hung. */
    @ParameterizedTest(name = "{0}, refused once, some places")
    @CsvSource({"processes", "processes eager"})
    void oneAllocationIsRefused(String kind) {
        ScarceMemoryTest.assertNothingIsLeftBehind(
                kind, place -> place % 20 == 0 || HUNG.test(ScarceMemory.name(place)), 1, 1);
    }

    /** The workers start at about the same time: what is refused to one of them is refused to the other too. */
    @ParameterizedTest(name = "{0}, refused 4 times, while workers start")
    @CsvSource({"processes", "processes eager"})
    void severalAllocationsAreRefusedWhileWorkersStart(String kind) {
        ScarceMemoryTest.assertNothingIsLeftBehind(kind, place -> LEFT.test(ScarceMemory.name(place)), 4, 1);
    }

    @ParameterizedTest(name = "{0}, refused {1} times")
    @CsvSource({"processes, 4", "processes, 20", "processes eager, 4", "processes eager, 20"})
    @Tag("full")
    void severalAllocationsAreRefused(String kind, int times) {
        ScarceMemoryTest.assertNothingIsLeftBehind(kind, place -> true, times, 1);
    }
}
