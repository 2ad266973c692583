package dev.pando.lab.experiment;

import dev.pando.PoolListener;

/** Is told how an experiment gets on. The listener hears of every pool, on the threads of those pools. */
public interface Progress extends PoolListener {
    Progress NONE = new Progress() {};

    /** An experiment begins and will take so many steps. */
    default void begin(String experiment, int steps) {}

    /** Its next step begins. */
    default void step(String doing) {}

    /** It is over. */
    default void end() {}
}
