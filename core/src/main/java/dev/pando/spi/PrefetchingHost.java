package dev.pando.spi;

/**
 * The host of a {@link PrefetchingEngine}. The jobs that it hands out are {@link Candidate candidates} for being sent
 * ahead.
 */
public interface PrefetchingHost extends Host {

    /** Returns how many jobs in line may be sent ahead; 0 where it must be known at once what begins. */
    int mayGoAhead();

    /** Returns how many jobs are in line. The number may be old when it is read. */
    int inLine();

    /** A job that may be sent to a worker that is still at another. */
    interface Candidate extends Job {

        /**
         * Lets this job go to a worker that is still at another: it has not begun, and {@link Prefetched} says what
         * becomes of it. {@code false}: it may not, since its time is measured from its beginning, or it was ended
         * meanwhile.
         */
        boolean ahead();

        /** Returns the number of the last attempt; 0 if there was none. The next to {@link #begin} has one more. */
        int attempts();
    }
}
