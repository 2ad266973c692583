package dev.pando.internal.process.os;

/**
 * A moment, as far as a process tells by its start and its number whether it was started before. Starts are known to a
 * hundredth of a second. Of processes that started in the same one, the numbers tell, because they count up.
 *
 * @param tick in which hundredth of a second since boot the moment lies
 * @param lastNumber the last number that was given out before the moment, or an earlier one
 */
record StartLine(long tick, long lastNumber) {
    private static final long TICK_NANOS = 10_000_000;

    /** Numbers that are further apart, in one tick, began anew in between: half of the fewest that a system has. */
    private static final long FAR = 1 << 14;

    /** Every process has started behind this line. */
    static final StartLine NONE = new StartLine(0, 0);

    /**
     * Returns the line of a moment of {@link System#nanoTime}, which counts from the boot like the starts, except for
     * the time that the machine slept. A thread that starts now tells how much that was. In doubt the line is a tick or
     * two too early.
     */
    static StartLine of(long nanos, long lastNumber) {
        Probe probe = new Probe();
        probe.start();
        long now = System.nanoTime();
        ProcFs.Stat started = probe.read();
        if (started == null) {
            return NONE;
        }
        long slept = started.start() - now / TICK_NANOS;
        return new StartLine(nanos / TICK_NANOS + (slept == 0 ? 0 : slept - 1), lastNumber);
    }

    boolean isBehind(ProcFs.Stat process) {
        if (process.start() != tick) {
            return process.start() > tick;
        }
        return process.pid() > lastNumber || lastNumber - process.pid() > FAR;
    }

    /** A thread that was just started. */
    private static final class Probe extends Thread {
        private volatile ProcFs.@org.jspecify.annotations.Nullable Stat self;

        Probe() {
            super(null, null, "pando-probe", 0, false);
            setDaemon(true);
        }

        @Override
        public void run() {
            self = ProcFs.thread();
        }

        ProcFs.@org.jspecify.annotations.Nullable Stat read() {
            boolean interrupted = false;
            while (isAlive()) {
                try {
                    join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return self;
        }
    }
}
