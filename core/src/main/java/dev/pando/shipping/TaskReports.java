package dev.pando.shipping;

/** What a task says of itself and asks, on its way to the program: see {@link RelayedWorker}. */
public interface TaskReports {

    /** The task says how far it is: a number from 0 to 1, and what it is at. Called on any thread. */
    void progress(double fraction, String text);

    /** Returns whether the task was told to stop. Called on any thread. */
    boolean isStopping();
}
