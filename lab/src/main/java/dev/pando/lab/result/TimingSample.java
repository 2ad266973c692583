package dev.pando.lab.result;

import java.util.Arrays;
import java.util.Locale;

/** The durations of several equal runs, sorted, in nanoseconds. The median represents them. */
public final class TimingSample {
    private static final double NOISY = 0.25;

    private final double[] nanos;

    public TimingSample(double... nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("a sample of no runs says nothing");
        }
        this.nanos = nanos.clone();
        Arrays.sort(this.nanos);
    }

    public int runs() {
        return nanos.length;
    }

    public double median() {
        int middle = nanos.length / 2;
        return nanos.length % 2 == 1 ? nanos[middle] : (nanos[middle - 1] + nanos[middle]) / 2;
    }

    public MeasuredAmount time() {
        return MeasuredAmount.nanos(median());
    }

    /** Returns the difference between the slowest and the fastest run, as a part of the median. */
    public double spread() {
        return median() == 0 ? 0 : (nanos[nanos.length - 1] - nanos[0]) / median();
    }

    /** Returns whether the runs differ so much that small differences between samples mean nothing. */
    public boolean isNoisy() {
        return spread() > NOISY;
    }

    /** Returns how many times faster this sample is than the other. */
    public double speedUpOver(TimingSample other) {
        return other.median() / median();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d runs, spread %.0f %%)", time(), runs(), 100 * spread());
    }
}
