package dev.pando.lab.experiment;

import dev.pando.PoolListener;

/** Listens to the progress of an experiment. Events of its pools come on the threads of those pools. */
public interface ExperimentProgress extends PoolListener {
    ExperimentProgress NONE = new ExperimentProgress() {};

    /** An experiment of {@code steps} steps begins. */
    default void begin(String experiment, int steps) {}

    /** The experiment's next step begins. */
    default void step(String doing) {}

    /** The experiment is over. */
    default void end() {}
}
