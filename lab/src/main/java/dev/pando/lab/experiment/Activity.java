package dev.pando.lab.experiment;

import java.util.List;

/** A kind of activity of which there may be many: how it sleeps, and how two of them talk. */
interface Activity {

    /** Those that are compared. */
    static List<Activity> kinds() {
        return List.of(new ThreadActivity("platform threads", Thread.ofPlatform().daemon().factory()),
                new ThreadActivity("virtual threads", Thread.ofVirtual().factory()),
                new LoopActivity());
    }

    String title();

    /** How many of it are a load worth measuring, and no more than the machine bears. */
    int many(Bench bench);

    /** Lets so many sleep for 50 ms at once. */
    Slept sleep(int count) throws Exception;

    /** Lets one hand the numbers from 0 to another, one at a time. */
    Talked talk(int rounds) throws Exception;

    /**
     * What came of sleeping.
     *
     * @param bytes that all of them held together while they slept; negative where nobody can tell
     */
    record Slept(double nanos, double bytes, long awake) {
        boolean isWeighed() {
            return bytes >= 0;
        }
    }

    /**
     * What came of talking.
     *
     * @param heard the sum of what was heard
     */
    record Talked(double nanos, long heard) {}
}
