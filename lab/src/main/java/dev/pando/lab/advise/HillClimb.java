package dev.pando.lab.advise;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;

/**
 * Finds the top of a curve that rises and then falls, or levels out. From a first guess, doubles while that helps,
 * halves while that helps, and then searches between the best and its neighbours. Pure: the caller supplies the rate.
 */
final class HillClimb {
    /** A smaller gain is noise. */
    private static final double BETTER = 1.03;

    private final IntToDoubleFunction rate;
    private final BooleanSupplier timeIsLeft;
    private final int most;
    private final NavigableMap<Integer, Double> curve = new TreeMap<>();

    HillClimb(IntToDoubleFunction rate, BooleanSupplier timeIsLeft, int most) {
        this.rate = rate;
        this.timeIsLeft = timeIsLeft;
        this.most = most;
    }

    /** Returns the numbers of workers that were tried, with their rates. The first guess is always tried. */
    NavigableMap<Integer, Double> from(int guess) {
        int start = Math.clamp(guess, 1, most);
        curve.put(start, rate.applyAsDouble(start));
        walk(start, true);
        walk(start, false);
        between();
        return curve;
    }

    /** Stops after two steps without gain, because a single step may be noise or a dent. */
    private void walk(int start, boolean up) {
        int disappointments = 0;
        int at = start;
        double best = best();
        while (disappointments < 2) {
            int next = up ? Math.min(most, at * 2) : at / 2;
            if (next == at || next < 1 || !tried(next)) {
                return;
            }
            double reached = curve.getOrDefault(next, 0.0);
            disappointments = reached > best * BETTER ? 0 : disappointments + 1;
            best = Math.max(best, reached);
            at = next;
        }
    }

    private void between() {
        int top = top(curve, 1);
        Integer lower = curve.lowerKey(top);
        Integer higher = curve.higherKey(top);
        if (lower != null) {
            var _ = tried((lower + top + 1) / 2);
        }
        if (higher != null) {
            var _ = tried((top + higher) / 2);
        }
    }

    private boolean tried(int workers) {
        if (curve.containsKey(workers)) {
            return true;
        }
        if (!timeIsLeft.getAsBoolean()) {
            return false;
        }
        curve.put(workers, rate.applyAsDouble(workers));
        return true;
    }

    private double best() {
        return curve.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** Returns the fewest workers that reach this part of the best rate. */
    static int top(NavigableMap<Integer, Double> curve, double part) {
        double best =
                curve.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return curve.entrySet().stream()
                .filter(entry -> entry.getValue() >= part * best)
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
