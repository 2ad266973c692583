package dev.pando.internal.process.child;

import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.spi.StepNotes;

/**
 * The steps of one run, noted on the progress page. Where there are many they are short, and the system's clock would
 * cost more than they do: then the {@link CoarseClock} is read.
 */
final class PageSteps implements StepNotes {
    /**
     * As many readings of the system's clock take five to ten microseconds, and waking the thread of the other clock
     * takes about that.
     */
    private static final int EXACT_READINGS = 256;

    private final ProgressPage page;
    private final int run;
    private final CoarseClock clock;
    private int readings;

    private PageSteps(ProgressPage page, int run, CoarseClock clock) {
        this.page = page;
        this.run = run;
        this.clock = clock;
    }

    /** By a method that returns the interface, or else the verifier loads both types when a worker starts. */
    static StepNotes of(ProgressPage page, int run, CoarseClock clock) {
        return new PageSteps(page, run, clock);
    }

    @Override
    public void begin(int step) {
        page.step(run, step);
    }

    @Override
    public long nanoTime() {
        if (readings == EXACT_READINGS) {
            return clock.nanoTime();
        }
        if (++readings == EXACT_READINGS) {
            clock.want();
        }
        return System.nanoTime();
    }
}
