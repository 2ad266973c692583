package dev.pando.spi;

/**
 * An engine that can begin a job before it is put in line, because it starts a thread for each job or runs it right
 * here. Optional.
 */
public interface DirectEngine extends Engine {

    /** Begins the job now. {@code false}: it cannot, and the job is put in line. What it throws refuses the job. */
    boolean take(Job job);
}
