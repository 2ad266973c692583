package dev.pando;

import java.util.List;

/** What consoles of Java management (JDK Mission Control, VisualVM, jconsole) show of a pool: {@link PoolBeans}. */
public interface PoolMXBean {

    /** Its name. */
    String getName();

    /** The kind of its workers, as it would be typed. */
    String getBackend();

    /** How far its life has come, in a word. */
    String getState();

    /** How many tasks run at once. */
    int getWidth();

    /** How many workers there are, idle ones included. */
    int getWorkers();

    /** How many tasks run. */
    int getRunning();

    /** How many tasks wait for a worker. */
    int getQueued();

    /** How many tasks may wait for a worker. */
    int getQueueBound();

    /** How many tasks were accepted. */
    long getSubmitted();

    /** How many tasks returned. */
    long getSucceeded();

    /** How many tasks threw, or were failed by the pool. */
    long getFailed();

    /** How many tasks were cancelled. */
    long getCancelled();

    /** How many submissions were refused. */
    long getRejected();

    /** How many attempts were made again. */
    long getRetried();

    /** How many workers died. */
    long getWorkersLost();

    /** The tasks that run, the oldest first, a hundred at most: number, name, worker, and for how long. */
    List<String> getRunningTasks();

    /** The workers, a hundred at most: name, what each does, its process, its memory. */
    List<String> getWorkerList();

    /** Where a running task is, the innermost frame first. Waits two seconds at most for a worker of another JVM. */
    List<String> stack(long task);
}
