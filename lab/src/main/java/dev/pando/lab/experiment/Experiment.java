package dev.pando.lab.experiment;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.ExperimentResult;

/** A question about concurrency, and the program that answers it on this machine. One file each. */
public interface Experiment {

    /** Returns the name on the command line. */
    String name();

    /** Returns the question, in a line of this language. */
    default String question(MessageBook messages) {
        return messages.text(name() + ".question");
    }

    /** Returns how many steps the experiment reports while it runs. */
    int steps();

    /** Returns whether it also tries the nodes of a cluster, which takes a further step. */
    default boolean takesCluster() {
        return false;
    }

    /** Runs the experiment. Closes everything that it opened, also on failure. */
    ExperimentResult run(ExperimentContext experimentContext) throws Exception;
}
