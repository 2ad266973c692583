package dev.pando.lab.experiment;

import static dev.pando.lab.experiment.SentenceTest.numbers;
import static dev.pando.lab.experiment.SentenceTest.shown;
import static dev.pando.lab.experiment.SentenceTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.result.ExperimentResult;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As {@link SentenceTest}, for the experiments on futures, kinds of threads, faults and storage. */
class MoreSentencesTest {

    @Test
    void futuresSaysWhatWasSeen() {
        for (boolean running : new boolean[] {true, false}) {
            for (boolean pending : new boolean[] {true, false}) {
                for (int count = 0; count <= 2; count++) {
                    var seen = new FuturesExperiment.Seen(running, pending, count, count);
                    ExperimentResult result = told("futures", found -> FuturesExperiment.tell(found, seen));
                    assertThat(shown(result)).isFalse(); // one callback, and two that ran, are never equal
                }
            }
        }
        assertThat(shown(told(
                        "futures",
                        found -> FuturesExperiment.tell(found, new FuturesExperiment.Seen(false, true, 1, 2)))))
                .isTrue();
    }

    @Test
    void parallelClaimsAGainOnlyWhereThereIsOne() {
        for (double[] n : numbers()) {
            Map<String, ParallelExperiment.Way> ways = new LinkedHashMap<>();
            ways.put("in turn", new ParallelExperiment.Way(n[0], n[1]));
            ways.put("concurrent", new ParallelExperiment.Way(n[2], n[3]));
            ways.put("parallel", new ParallelExperiment.Way(n[4], n[5]));
            ExperimentResult result = told("parallel", found -> ParallelExperiment.tell(found, 2, ways));
            new SentenceReader(result).readWhole();
            assertThat(shown(result)).isEqualTo(n[0] / n[2] >= 2 && n[1] / n[3] < 1.3 && n[1] / n[5] >= 1.3);
        }
    }

    @Test
    void turnsComparesTheLongestWaits() {
        for (double[] n : numbers()) {
            Map<String, TurnsExperiment.Ticks> ways = new LinkedHashMap<>();
            ways.put("cooperative, selfish", new TurnsExperiment.Ticks(1, n[0]));
            ways.put("cooperative, yielding", new TurnsExperiment.Ticks(9, n[1]));
            ways.put("pre-emptive", new TurnsExperiment.Ticks(90, n[2]));
            ExperimentResult result = told("turns", found -> TurnsExperiment.tell(found, ways));
            new SentenceReader(result).readWhole();
            if (shown(result)) {
                assertThat(n[0]).isGreaterThan(n[1]).isGreaterThan(n[2]);
            }
        }
    }

    @Test
    void kernelComparesTheTwoCrowds() {
        for (double[] n : numbers()) {
            Map<String, KernelExperiment.Crowd> crowds = new LinkedHashMap<>();
            crowds.put("kernel", new KernelExperiment.Crowd(1_000, (int) Math.min(n[0], 2_000), n[1]));
            crowds.put("user", new KernelExperiment.Crowd(1_000, (int) Math.min(n[2], 2_000), n[3]));
            ExperimentResult result = told("kernel", found -> KernelExperiment.tell(found, crowds));
            new SentenceReader(result).readWhole();
            if (shown(result)) {
                assertThat(n[1]).isGreaterThan(n[3]);
                assertThat(n[0]).isGreaterThan(n[2]);
            }
        }
    }

    @Test
    void refcountNamesTheCheapestOnlyIfItIs() {
        for (double[] n : numbers()) {
            for (long left : new long[] {1, 44, -3}) {
                Map<String, RefcountExperiment.Count> counts = new LinkedHashMap<>();
                counts.put("no protection", new RefcountExperiment.Count(left, n[0]));
                counts.put("a lock for each object", new RefcountExperiment.Count(1, n[1]));
                counts.put("an atomic count for each object", new RefcountExperiment.Count(1, n[2]));
                counts.put("one lock for the interpreter", new RefcountExperiment.Count(1, n[3]));
                ExperimentResult result = told("refcount", found -> RefcountExperiment.tell(found, counts));
                new SentenceReader(result).readWhole();
                assertThat(shown(result)).isEqualTo(left != 1 && n[3] < n[1] && n[3] < n[2]);
            }
        }
    }

    @Test
    void requestsTellsACollapseOnlyOfARushThatCollapsed() {
        for (double[] n : numbers()) {
            for (String collapse : List.of("", "it held 237 MiB")) {
                Map<String, List<RequestsExperiment.Rush>> ways = new LinkedHashMap<>();
                ways.put(
                        "a thread for each",
                        List.of(
                                new RequestsExperiment.Rush(100, n[0], ""),
                                new RequestsExperiment.Rush(400, n[1], collapse)));
                ways.put(
                        "a pool",
                        List.of(
                                new RequestsExperiment.Rush(100, n[2], ""),
                                new RequestsExperiment.Rush(400, n[3], "")));
                ExperimentResult result = told("requests", found -> RequestsExperiment.tell(found, ways));
                assertThat(shown(result)).isEqualTo(!collapse.isEmpty());
                assertThat(result.measured().contains("collapsed at 400")).isEqualTo(!collapse.isEmpty());
            }
        }
    }

    @Test
    void faultCountsWhatWasDone() {
        for (int mild = 0; mild <= 8; mild++) {
            for (int hard = 0; hard <= 8; hard++) {
                Map<FaultExperiment.Fault, FaultExperiment.Done> all = new EnumMap<>(FaultExperiment.Fault.class);
                all.put(FaultExperiment.Fault.EXCEPTION, new FaultExperiment.Done(mild, 7));
                all.put(FaultExperiment.Fault.HALT, new FaultExperiment.Done(hard, 7));
                ExperimentResult result = told("fault", found -> FaultExperiment.tell(found, all));
                assertThat(shown(result)).isEqualTo(mild == 7 && hard < 7);
            }
        }
    }

    @Test
    void storageGainsOnlyWhatItMeasured() {
        for (double[] n : numbers()) {
            Map<String, StorageExperiment.Way> ways = new LinkedHashMap<>();
            ways.put("one after the other", new StorageExperiment.Way(n[0], n[1], n[2]));
            ways.put("8 threads", new StorageExperiment.Way(n[3], n[4], n[5]));
            ExperimentResult result = told("storage", found -> StorageExperiment.tell(found, 64, ways));
            assertThat(shown(result)).isEqualTo(n[4] * 1.1 < n[1]);
        }
    }
}
