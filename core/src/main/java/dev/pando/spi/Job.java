package dev.pando.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task, as its worker sees it. A worker of this JVM calls {@link #run}; one elsewhere is sent the
 * {@link #packedWork} between {@link #begin} and {@link #succeed} or {@link #fail}.
 *
 * <p>Each report carries the attempt that it speaks of. A late one, after a cancel, a timeout or a new attempt, is
 * told {@code false} and changes nothing: the pool's truth about a task always wins over a worker's.
 */
public interface Job {

    /** Begins, runs and settles this job on the calling thread. Never throws, whatever the work does. */
    void run(Seat seat);

    /** Claims this job for a worker. Returns the number of the attempt, from 1, or 0 if the job has ended. */
    int begin(Seat seat);

    /**
     * This job, which was not begun, reached no worker: no thread could be started for it, say. It stands in line
     * again, first. The engine wakes a worker for it as soon as it can.
     */
    void backInLine();

    /**
     * What {@link PackingEngine#pack} made of the work, or the work itself. To be taken before {@link #begin}, since
     * a thread that ends the task from outside takes it away; if it is gone, the job has ended.
     */
    @Nullable
    Object packedWork();

    /**
     * Says where an attempt is that was told to {@link Engine#stop}: the frames of the worker's thread, none if it
     * could not be seen. An engine that was told says so as soon as it can, once; a task whose time is up ends with
     * this.
     */
    void stuck(int attempt, List<StackTraceElement> frames);

    /**
     * Says how far an attempt is, as the task itself says. What is no number from 0 to 1 is the engine's to refuse.
     */
    default void progress(int attempt, double fraction, String text) {}

    /** Says what an attempt cost, before it is reported; of interest where {@link Host#metered}. */
    void cost(int attempt, Cost cost);

    /** Reports the value of an attempt. {@code false}: it was settled without you. */
    boolean succeed(int attempt, @Nullable Object value);

    /** Reports that an attempt came to nothing. {@code false}: it was settled without you. */
    boolean fail(int attempt, Failure failure);

    /**
     * The worker died before it had even heard of this attempt: the job stands in line again, whatever its retries.
     * Returns false if the job has ended meanwhile.
     */
    boolean giveBack(int attempt);

    /** How people call it: {@code render-17}. */
    String name();
}
