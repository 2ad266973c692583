package dev.pando.internal.map;

import dev.pando.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Paints how far a map is on one line of a terminal, over the line before. One map at a time; the thread that reads it
 * calls, and the bar has no thread of its own. It writes letters of ASCII only, because a terminal may have no others.
 *
 * <pre>
 *    42 % [##########--------------] 420 of 1000, 35/s, 0:17 left
 *   420 done, 35/s, 0:12
 * </pre>
 */
public final class ProgressBar implements Progress {
    private static final long SECOND = 1_000_000_000;

    /** The shortest time between two paints. */
    private static final long PAUSE = SECOND / 10;

    /** The rate forgets what is older than this, about. */
    private static final double MEMORY_SECONDS = 5;

    /** The longest time that is shown, because one slow element may make a rest of years. */
    private static final long LONGEST = 99 * 3600;

    private static final int WIDTH = 24;

    private final PrintStream out;
    private final boolean isShown;
    private final LongSupplier clock;

    private long total = -1;
    private long began;
    private long paintedAt;
    private long paintedCount;
    private long count;

    /** Elements a second; zero: nothing is known yet. */
    private double rate;

    /** How many characters of the line are to be painted over. */
    private int painted;

    /**
     * @param isShown false where nothing may be printed
     * @param clock in nanoseconds, from any start
     */
    public ProgressBar(PrintStream out, boolean isShown, LongSupplier clock) {
        this.out = out;
        this.isShown = isShown;
        this.clock = clock;
    }

    @Override
    public void begin(OptionalLong expected) {
        total = expected.orElse(-1);
        began = clock.getAsLong();
        paintedAt = began;
        paintedCount = 0;
        count = 0;
        rate = 0;
        painted = 0;
    }

    @Override
    public void update(long delivered, long started) {
        count = delivered;
        if (!isShown) {
            return;
        }
        long now = clock.getAsLong();
        if (now - paintedAt < PAUSE) {
            return;
        }
        measure(now);
        paint(head() + pace() + rest(now), "");
    }

    @Override
    public void end() {
        if (!isShown) {
            return;
        }
        long passed = clock.getAsLong() - began;
        rate = passed > 0 ? count * (double) SECOND / passed : 0;
        paint(head() + pace() + ", " + time(passed / SECOND), System.lineSeparator());
    }

    private void measure(long now) {
        double seconds = (now - paintedAt) / (double) SECOND;
        double latest = (count - paintedCount) / seconds;
        rate = rate == 0 ? latest : rate + (latest - rate) * (1 - Math.exp(-seconds / MEMORY_SECONDS));
        paintedAt = now;
        paintedCount = count;
    }

    private String head() {
        if (total < 0) {
            return count + " done";
        }
        long of = Math.max(total, count); // a source may have grown
        int percent = of == 0 ? 100 : (int) (100.0 * count / of);
        int full = of == 0 ? WIDTH : (int) ((double) WIDTH * count / of);
        return String.format(Locale.ROOT, "%3d %% [", percent) + "#".repeat(full) + "-".repeat(WIDTH - full) + "] "
                + count + " of " + of;
    }

    private String pace() {
        if (rate == 0) {
            return "";
        }
        if (rate < 1) {
            return String.format(Locale.ROOT, ", %.1f/min", rate * 60);
        }
        return String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate);
    }

    private String rest(long now) {
        if (total < 0) {
            return ", " + time((now - began) / SECOND);
        }
        return rate == 0 ? "" : ", " + time((long) Math.ceil(Math.max(0, total - count) / rate)) + " left";
    }

    private static String time(long seconds) {
        long shown = Math.min(seconds, LONGEST);
        return shown < 3600
                ? String.format(Locale.ROOT, "%d:%02d", shown / 60, shown % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", shown / 3600, shown / 60 % 60, shown % 60);
    }

    private void paint(String line, String end) {
        out.print("\r" + line + " ".repeat(Math.max(0, painted - line.length())) + end);
        out.flush();
        painted = line.length();
    }
}
