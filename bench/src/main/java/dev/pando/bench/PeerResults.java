package dev.pando.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The programs' output: for each peer and name, the numbers printed in each round. */
final class PeerResults {
    private final Map<String, List<List<Double>>> all = new HashMap<>();
    private int round = -1;

    void nextRound() {
        round++;
    }

    void add(PeerKind peerKind, String key, double value) {
        List<List<Double>> rounds = all.computeIfAbsent(peerKind + " " + key, _ -> new ArrayList<>());
        while (rounds.size() <= round) {
            rounds.add(new ArrayList<>());
        }
        rounds.get(round).add(value);
    }

    /** Returns the median of each round. NaN marks a round without a measurement. */
    List<Double> rounds(PeerKind peerKind, String key) {
        List<Double> medians = new ArrayList<>();
        List<List<Double>> rounds = all.getOrDefault(peerKind + " " + key, List.of());
        for (int i = 0; i <= round; i++) {
            medians.add(i < rounds.size() ? RoundSamples.median(rounds.get(i)) : Double.NaN);
        }
        return medians;
    }

    /** Returns the medians sorted, without NaN. */
    List<Double> sorted(PeerKind peerKind, String key) {
        return rounds(peerKind, key).stream()
                .filter(value -> !value.isNaN())
                .sorted()
                .toList();
    }

    double median(PeerKind peerKind, String key) {
        return RoundSamples.median(sorted(peerKind, key));
    }

    /** Returns the sorted numbers of all rounds together, because each round has few and rare ones count. */
    List<Double> pooled(PeerKind peerKind, String key) {
        return all.getOrDefault(peerKind + " " + key, List.of()).stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
    }

    double percentile99(PeerKind peerKind, String key) {
        List<Double> pooled = pooled(peerKind, key);
        return pooled.isEmpty() ? Double.NaN : pooled.get(pooled.size() * 99 / 100);
    }

    /** Returns the ratio of {@code a} to {@code b}: the median of the ratios of each round. */
    double ratio(PeerKind a, String keyOfA, PeerKind b, String keyOfB) {
        List<Double> ratios = new ArrayList<>();
        List<Double> theirs = rounds(b, keyOfB);
        List<Double> ours = rounds(a, keyOfA);
        for (int i = 0; i <= round; i++) {
            double ratio = ours.get(i) / theirs.get(i);
            if (!Double.isNaN(ratio)) {
                ratios.add(ratio);
            }
        }
        return RoundSamples.median(ratios);
    }
}
