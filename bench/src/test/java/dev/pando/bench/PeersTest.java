package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that the comparison runs, in its shortest form. Checks no speeds. */
class PeersTest {
    /** Parts with lines that only Linux has. */
    private static final Set<BenchPart> ON_LINUX = EnumSet.of(BenchPart.IDLE, BenchPart.RESULTS, BenchPart.SCALE);

    @Test
    @Timeout(240)
    void aTinyRoundMeasuresEveryCallAndEachFirstResultOfEveryPeerThatIsHere() throws Exception {
        EnumSet<BenchPart> parts = EnumSet.of(BenchPart.CALLS, BenchPart.COLD);
        try (PeerFinder peerFinder = PeerFinder.look()) {
            Peers peers = new Peers(peerFinder, MeasuringEffort.TINY, parts);
            assertMeasured(peerFinder, peers.rounds(1), parts);
        }
        assertNoProcessLeft();
    }

    @Test
    @Tag("full")
    @Timeout(240)
    void aTinyRoundMeasuresEveryLineOfEveryPeerThatIsHere() throws Exception {
        try (PeerFinder peerFinder = PeerFinder.look()) {
            assertThat(peerFinder.has(PeerKind.PANDO) && peerFinder.has(PeerKind.PP4J))
                    .as("what the build brings along")
                    .isTrue();
            Peers peers = new Peers(peerFinder, MeasuringEffort.TINY, EnumSet.allOf(BenchPart.class));

            PeerResults peerResults = peers.rounds(1);

            assertMeasured(peerFinder, peerResults, EnumSet.allOf(BenchPart.class));
            for (int kib : MeasuringEffort.TINY.kib()) {
                assertThat(peerResults.median(PeerKind.PANDO, LargeArrays.shared(kib)))
                        .isPositive();
            }
            assertThat(PromiseTable.table(peerResults, MeasuringEffort.TINY))
                    .as("what was promised, and two lines above it")
                    .hasSize(23);
            List<String> tables = peers.tables(BenchMachine.now(), 1);
            assertThat(tables).anySatisfy(row -> assertThat(row).startsWith("| 256 KiB | "));
            assertThat(tables)
                    .filteredOn(row -> row.startsWith("| `Processes.of(2)` | 50 |") || row.startsWith("| 2 | "))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row).doesNotContain("–"));
            assertThat(new PeersChart(peerResults).svg()).contains("<title", "Pando", "</svg>");
        }
        assertNoProcessLeft();
    }

    private static void assertMeasured(PeerFinder peerFinder, PeerResults peerResults, Set<BenchPart> parts) {
        boolean visible = Files.exists(Path.of("/proc/self/smaps_rollup"));
        for (ResultLine resultLine : ResultLine.values()) {
            boolean skipped = !visible
                    && (resultLine.benchPart == BenchPart.IDLE
                            || resultLine.benchPart == BenchPart.RESULTS); // only Linux provides the numbers
            if (skipped || !parts.contains(resultLine.benchPart)) {
                continue;
            }
            for (PeerKind peerKind : resultLine.who) {
                if (peerFinder.has(peerKind)) {
                    assertThat(peerResults.median(peerKind, resultLine.key))
                            .as(resultLine + " of " + peerKind)
                            .isNotNaN();
                }
            }
        }
    }

    /** A process that was killed has ended a moment later. */
    private static void assertNoProcessLeft() {
        assertThat(ProcessHandle.current().descendants())
                .as("processes left behind")
                .allSatisfy(left -> assertThat(left.onExit())
                        .as("the end of %s", left.info().commandLine().orElse(""))
                        .succeedsWithin(Duration.ofSeconds(20)));
    }
}
