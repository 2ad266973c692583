package dev.pando.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that the comparison runs, in its shortest form. Checks no speeds. */
class PeersTest {

    @Test
    @Timeout(240)
    void aTinyRoundMeasuresEveryLineOfEverybodyWhoIsHere() throws Exception {
        try (Found found = Found.look()) {
            assertThat(found.has(Peer.PANDO) && found.has(Peer.PP4J)).as("what the build brings along").isTrue();
            Peers peers = new Peers(found, Effort.TINY, EnumSet.allOf(Part.class));

            Results results = peers.rounds(1);

            boolean told = Files.exists(Path.of("/proc/self/smaps_rollup"));
            for (Line line : Line.values()) {
                if (line.part == Part.IDLE && !told) continue; // only Linux provides the numbers
                for (Peer peer : line.who) {
                    if (found.has(peer)) assertThat(results.median(peer, line.key)).as(line + " of " + peer).isNotNaN();
                }
            }
            for (int kib : Effort.TINY.kib()) assertThat(results.median(Peer.PANDO, LargeArrays.shared(kib))).isPositive();
            assertThat(Promises.table(results, Effort.TINY)).as("what was promised, and two lines above it").hasSize(16);
            assertThat(peers.tables(Machine.now(), 1)).last().asString().startsWith("| 256 KiB | ");
            assertThat(new PeersChart(results).svg()).contains("<title", "Pando", "</svg>");
        }
        assertThat(ProcessHandle.current().descendants()).as("processes left behind").isEmpty();
    }
}
