package dev.pando.lab.experiment;

import java.util.List;

/** All experiments, in reading order. */
public final class ExperimentCatalog {
    private ExperimentCatalog() {}

    public static List<Experiment> all() {
        return List.of(
                new SumExperiment(),
                new WaitExperiment(),
                new PrimesExperiment(),
                new FetchExperiment(),
                new SessionExperiment(),
                new RaceExperiment(),
                new GilExperiment(),
                new PoolSizeExperiment(),
                new QueueExperiment(),
                new BlockingExperiment(),
                new LoopExperiment(),
                new MemoryExperiment(),
                new CrashExperiment());
    }
}
