package dev.pando.lab.experiment;

import java.util.List;

/** A kind of concurrent activity: how many of it sleep, and how two of it talk. */
interface ActivityKind {

    /** The kinds that are compared. */
    static List<ActivityKind> kinds() {
        return List.of(
                new ThreadActivity(
                        "platform threads", Thread.ofPlatform().daemon().factory()),
                new ThreadActivity("virtual threads", Thread.ofVirtual().factory()),
                new LoopActivity());
    }

    String title();

    /** Returns how many activities are worth measuring without overloading the machine. */
    int many(ExperimentContext experimentContext);

    /** Lets {@code count} activities sleep for 50 ms at once. */
    Slept sleep(int count) throws Exception;

    /** Lets an activity hand the numbers from 0 to another, one at a time. */
    Talked talk(int rounds) throws Exception;

    /**
     * The result of sleeping.
     *
     * @param bytes that all activities together held while asleep; negative where the system does not tell
     */
    record Slept(double nanos, double bytes, long awake) {
        boolean isWeighed() {
            return bytes >= 0;
        }
    }

    /**
     * The result of talking.
     *
     * @param heard the sum of the numbers received
     */
    record Talked(double nanos, long heard) {}
}
