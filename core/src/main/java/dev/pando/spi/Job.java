package dev.pando.spi;

/**
 * One task, as its worker sees it. A worker of this JVM calls {@link #run}; one elsewhere is sent the {@link #cargo}
 * between {@link #begin} and {@link #succeed} or {@link #fail}.
 *
 * <p>Each report carries the attempt that it speaks of. A late one, after a cancel, a timeout or a new attempt, is told
 * {@code false} and changes nothing: the pool's truth about a task always wins over a worker's.
 */
public interface Job {

    /** Begins, runs and settles this job on the calling thread. Never throws, whatever the work does. */
    void run(Seat seat);

    /** Claims this job for a worker. The number of the attempt, from 1; or 0 when nobody wants it any more. */
    int begin(Seat seat);

    /** What {@link Engine#pack} made of the work. Only between {@link #begin} and the report. */
    Object cargo();

    /** Reports the value of an attempt. {@code false}: it was settled without you. */
    boolean succeed(int attempt, @org.jspecify.annotations.Nullable Object value);

    /** Reports that an attempt came to nothing. {@code false}: it was settled without you. */
    boolean fail(int attempt, Failure failure);

    /** How people call it: {@code render-17}. */
    String name();
}
