package dev.pando.lab.experiment;

/** The size of an experiment. */
public enum ExperimentSize {
    /** For tests: everything happens, and the numbers mean little. */
    SMALL,
    /** The default: all experiments in less than a minute. */
    QUICK,
    /** Full sizes: some experiments take minutes. */
    FULL;

    /** Returns the value for this size. */
    long pick(long small, long quick, long full) {
        return switch (this) {
            case SMALL -> small;
            case QUICK -> quick;
            case FULL -> full;
        };
    }
}
