package dev.pando.lab.experiment;

/** How large an experiment is run. */
public enum Size {
    /** For tests: everything happens, and the numbers mean little. */
    SMALL,
    /** For people: all experiments in less than a minute. */
    QUICK,
    /** The sizes of the notes that the experiments come from. */
    FULL;

    /** The one of these that goes with this size. */
    long pick(long small, long quick, long full) {
        return switch (this) {
            case SMALL -> small;
            case QUICK -> quick;
            case FULL -> full;
        };
    }
}
