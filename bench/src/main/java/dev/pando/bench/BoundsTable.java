package dev.pando.bench;

import java.util.Locale;
import java.util.Map;

/** The promised bounds against the measurements: the first table of README.md. */
final class BoundsTable {
    private final Map<String, RoundSamples> all;

    private BoundsTable(Map<String, RoundSamples> all) {
        this.all = all;
    }

    static void print(Map<String, RoundSamples> all) {
        System.out.println("| promised | measured | met? |");
        System.out.println("|---|---:|---|");
        new BoundsTable(all).lines();
        System.out.println();
    }

    private void lines() {
        for (String on : new String[] {"OnThreads", "OnVirtual"}) {
            speed(on + ", one at a time: ≥ 0.9 of the peer", on + ".onePando", on + ".onePeer", 0.9);
            speed(on + ", 10 000 at once: ≥ 0.9 of the peer", on + ".burstPando", on + ".burstPeer", 0.9);
        }
        for (String window : new String[] {"16", "256"}) {
            speed(
                    "`map`: ≥ 10 × `mapConcurrent(" + window + ")`",
                    "MapTiny.pandoMap",
                    "MapTiny.peerWindow" + window,
                    10);
            speed("as a gatherer: the same", "MapTiny.pandoGather", "MapTiny.peerWindow" + window, 10);
        }
        speed("`map` against a parallel stream: reported", "MapTiny.pandoMap", "MapTiny.peerParallel", 0);
        for (String way : new String[] {"flow", "held"}) {
            String pando = "AsCompleted." + way + "Pando ";
            speed(
                    "`asCompleted` of 100 000, " + way + ": ≥ 0.9",
                    pando + "100000",
                    "AsCompleted." + way + "Peer 100000",
                    0.9);
            speed(
                    "its speed at 1 000 000 against 10 000, " + way + ": reported",
                    pando + "1000000",
                    pando + "10000",
                    0);
            speed("that of the peer", "AsCompleted." + way + "Peer 1000000", "AsCompleted." + way + "Peer 10000", 0);
        }
        for (String what : new String[] {"task", "number", "record"}) {
            speed(
                    "a " + what + " packed and unpacked, against the JDK's streams: reported",
                    "Packing." + what + "Pando",
                    "Packing." + what + "Peer",
                    0);
        }
        bytes("bytes a task, one at a time: ≤ 2 × the peer", "OnThreads.onePando", "OnThreads.onePeer");
        bytes("bytes a task, 10 000 at once: ≤ 2 × the peer", "OnThreads.burstPando", "OnThreads.burstPeer");
        speed(
                "no listener, of the speed with an empty one: reported",
                "Watching.burst none",
                "Watching.burst listener",
                0);
        speed("no recording, of the speed with one: reported", "Watching.burst none", "Watching.burst recording", 0);
    }

    private void speed(String promised, String ours, String theirs, double atLeast) {
        if (!all.containsKey(ours) || !all.containsKey(theirs)) {
            return;
        }
        double ratio =
                RoundSamples.ratio(all.get(ours).scores(), all.get(theirs).scores());
        line(promised, ratio, atLeast == 0 ? "" : ratio >= atLeast ? "yes" : "**no**");
    }

    private void bytes(String promised, String ours, String theirs) {
        if (!all.containsKey(ours) || !all.containsKey(theirs)) {
            return;
        }
        double ratio = RoundSamples.ratio(all.get(ours).bytes(), all.get(theirs).bytes());
        line(promised, ratio, ratio <= 2 ? "yes" : "**no**");
    }

    private static void line(String promised, double ratio, String met) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s |%n",
                promised,
                String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio),
                met);
    }
}
