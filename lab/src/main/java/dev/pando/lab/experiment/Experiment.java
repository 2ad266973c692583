package dev.pando.lab.experiment;

import dev.pando.lab.result.Result;

/** A question about concurrency, and the program that answers it on this machine. One file each. */
public interface Experiment {

    /** What it is called on the command line. */
    String name();

    /** The question, in a line. */
    String question();

    /** How many steps it reports while it runs, for whoever waits. */
    int steps();

    /** Runs it. What it opened is closed when it returns, however it returns. */
    Result run(Bench bench) throws Exception;
}
