package dev.pando.lab.experiment;

import java.util.List;

/** All experiments, in reading order. */
public final class ExperimentCatalog {
    private ExperimentCatalog() {}

    public static List<Experiment> all() {
        return List.of(
                new SumExperiment(),
                new FuturesExperiment(),
                new WaitExperiment(),
                new PrimesExperiment(),
                new FetchExperiment(),
                new SessionExperiment(),
                new StorageExperiment(),
                new RaceExperiment(),
                new GilExperiment(),
                new RefcountExperiment(),
                new ParallelExperiment(),
                new TurnsExperiment(),
                new KernelExperiment(),
                new PoolSizeExperiment(),
                new RequestsExperiment(),
                new QueueExperiment(),
                new BlockingExperiment(),
                new LoopExperiment(),
                new MemoryExperiment(),
                new TalkExperiment(),
                new FaultExperiment(),
                new CrashExperiment());
    }
}
