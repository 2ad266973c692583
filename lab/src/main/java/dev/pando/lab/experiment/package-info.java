/**
 * The experiments, one file each, and their common base.
 *
 * <pre>
 *   Experiments (all of them, by name) ──> Experiment ──run(Bench)──> Result
 *                                              │  Findings    collects facts, tables, charts, sentences
 *                                              └─ Bench       pools that are listened to, runs that are timed
 *                                                   ├── Recorder   the timeline
 *                                                   └── Progress   what the terminal shows
 * </pre>
 *
 * An experiment runs on one thread and uses Pando's public API only, as its readers would. Start reading at
 * {@link dev.pando.lab.experiment.ExperimentCatalog}, then take any experiment.
 */
@NullMarked
package dev.pando.lab.experiment;

import org.jspecify.annotations.NullMarked;
