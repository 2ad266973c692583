package dev.pando.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.TimingSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Made-up numbers of every kind for each experiment: no sentence says other than they do. */
class SentenceTest {
    private static final int MOST = 8;

    /** Numbers that are equal, rise, fall, have one that sticks out, are tiny, huge, or anything. */
    static List<double[]> numbers() {
        List<double[]> all = new ArrayList<>();
        for (double size : new double[] {1, 1e3, 1e6, 1e9, 1e11}) {
            double[] equal = new double[MOST];
            Arrays.fill(equal, size);
            all.add(equal);
            for (int odd = 0; odd < MOST; odd++) {
                double[] slow = equal.clone();
                slow[odd] *= 20;
                all.add(slow);
                double[] fast = equal.clone();
                fast[odd] /= 20;
                all.add(fast);
            }
            double[] rising = new double[MOST];
            for (int i = 0; i < MOST; i++) {
                rising[i] = size * (i + 1);
            }
            all.add(rising);
            double[] falling = rising.clone();
            for (int i = 0; i < MOST; i++) {
                falling[i] = rising[MOST - 1 - i];
            }
            all.add(falling);
        }
        Random random = new Random(17);
        for (int i = 0; i < 200; i++) {
            all.add(random.doubles(MOST, 0, 11)
                    .map(power -> Math.pow(10, power))
                    .toArray());
            all.add(random.doubles(MOST, 0.8, 1.2).map(near -> 1e7 * near).toArray());
        }
        return all;
    }

    static ExperimentResult told(String name, Consumer<FindingCollector> tell) {
        Experiment experiment = ExperimentCatalog.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        FindingCollector found =
                new FindingCollector(experiment, new ExperimentContext(ExperimentSize.SMALL, ExperimentProgress.NONE));
        tell.accept(found);
        ExperimentResult result = found.experimentResult();
        new SentenceReader(result).read();
        return result;
    }

    static boolean shown(ExperimentResult result) {
        return new SentenceReader(result).isShown();
    }

    @Test
    void sumNeverBeatsItsLimitInSilence() {
        for (double[] n : numbers()) {
            double together = n[0] + n[1] + n[2] + n[3];
            Map<String, TimingSample> ways = new LinkedHashMap<>();
            ways.put("sequential", new TimingSample(together));
            ways.put("threads", new TimingSample(n[4]));
            ways.put("virtual", new TimingSample(n[5]));
            ways.put("processes", new TimingSample(n[6]));
            ExperimentResult result =
                    told("sum", found -> SumExperiment.tell(found, new double[] {n[0], n[1], n[2], n[3]}, ways, 2));
            double best = together / Math.min(n[4], Math.min(n[5], n[6]));
            double longest = Math.max(Math.max(n[0], n[1]), Math.max(n[2], n[3]));
            double limit = SentenceReader.before(result.expected(), "x, with any");
            assertThat(shown(result)).isEqualTo(best >= 1 / 1.1 && best <= 1.1 * together / longest);
            assertThat(limit).isBetween(1.0, 4.01);
            if (result.measured().contains("as slow")) {
                assertThat(best).isLessThan(1);
            }
        }
    }

    @Test
    void primesPromisesNoMoreThanTheProcessors() {
        for (double[] n : numbers()) {
            for (int cpus : new int[] {1, 2, 8}) {
                ExperimentResult result = told(
                        "primes",
                        found -> PrimesExperiment.tell(
                                found,
                                new TimingSample(n[0]),
                                new TimingSample(n[1]),
                                n[2],
                                Math.clamp(cpus, 2, 4),
                                cpus));
                if (shown(result)) {
                    assertThat(n[0] / n[1]).isLessThanOrEqualTo(1.3 * cpus);
                    assertThat(cpus == 1 || n[0] / n[1] > 1.3).isTrue();
                }
            }
        }
    }

    @Test
    void fetchSaysWhatCameAndWhen() {
        for (double[] n : numbers()) {
            Map<String, Double> afters = new LinkedHashMap<>();
            List<String> order = List.of("poem", "novel", "encyclopedia");
            for (int i = 0; i < order.size(); i++) {
                afters.put(order.get(i), n[i]);
            }
            Set<String> failed = Set.of("diary");
            ExperimentResult result =
                    told("fetch", found -> FetchExperiment.tell(found, afters.keySet(), failed, afters));
            assertThat(shown(result)).isEqualTo(Math.max(n[0], Math.max(n[1], n[2])) < 700e6);
        }
    }

    @Test
    void sessionGainsOnlyWhatItMeasured() {
        for (double[] n : numbers()) {
            ExperimentResult result = told(
                    "session", found -> SessionExperiment.tellSpeed(found, 40, List.of(n[0], n[1], n[2], n[3]), 10));
            assertThat(shown(result)).isEqualTo(n[0] / n[1] >= 5);
        }
    }

    @Test
    void raceNamesTheCheapestThatWasMeasured() {
        for (double[] n : numbers()) {
            Map<RaceKind, Double> costs = new EnumMap<>(RaceKind.class);
            for (RaceKind kind : RaceKind.values()) {
                costs.put(kind, n[kind.ordinal()]);
            }
            for (long unprotected : new long[] {0, 17, -12_345}) {
                ExperimentResult result = told("race", found -> RaceExperiment.tell(found, 2, unprotected, costs));
                assertThat(shown(result)).isEqualTo(unprotected != 0);
                for (RaceKind kind : RaceKind.values()) {
                    if (result.measured().contains("cheapest protection was " + kind.title)) {
                        assertThat(costs.values().stream().skip(1)).allMatch(cost -> cost >= costs.get(kind));
                    }
                }
            }
        }
    }

    @Test
    void gilClaimsAGainOnlyWhereThereIsOne() {
        for (double[] n : numbers()) {
            double[] gains = {n[0] / n[1], n[2] / n[3], n[4] / n[5], n[6] / n[7]};
            ExperimentResult result = told(
                    "gil",
                    found -> GilExperiment.tell(found, 2, gains[0], gains[1], gains[2], gains[3], " No CPython."));
            assertThat(shown(result)).isEqualTo(gains[0] < 1.3 && gains[1] >= 1.3 && gains[2] >= 2 && gains[3] >= 1.3);
        }
    }

    @Test
    void poolSizeComparesItsKnees() {
        for (double[] n : numbers()) {
            int waiting = (int) Math.clamp(n[0], 1, 256);
            int computing = (int) Math.clamp(n[1], 1, 256);
            ExperimentResult result =
                    told("pool-size", found -> PoolSizeExperiment.tell(found, 2, waiting, computing, 20));
            assertThat(shown(result)).isEqualTo(computing <= 3 && waiting > 2);
        }
    }

    @Test
    void queueNamesThePriceOfTheBound() {
        for (double[] n : numbers()) {
            var unbounded =
                    new QueueExperiment.Run(Collections.nCopies(20, n[0]), (long) n[0], (long) n[1], (long) n[2], 1);
            var bounded =
                    new QueueExperiment.Run(Collections.nCopies(20, n[3]), (long) n[3], (long) n[4], (long) n[5], 1);
            ExperimentResult result = told("queue", found -> QueueExperiment.tell(found, 1, unbounded, bounded));
            if (result.measured().contains("no throughput")) {

                assertThat(Math.max(1, Math.floor(n[5])) / Math.max(1, Math.floor(n[2])))
                        .isBetween(1 / 1.11, 1.11);
            }
            if (result.measured().contains("longer")) {
                assertThat((long) n[5]).isGreaterThan((long) n[2]);
            }
            if (result.measured().contains("less")) {
                assertThat((long) n[5]).isLessThan((long) n[2]);
            }
            assertThat(shown(result)).isEqualTo((long) n[0] > 2 * (long) n[3]);
        }
    }

    @Test
    void blockingRanksItsCells() {
        for (double[] n : numbers()) {
            ExperimentResult result =
                    told("blocking", found -> BlockingExperiment.tell(found, List.of(n[0], n[1], n[2], n[3])));
            if (shown(result)) {
                assertThat(n[3]).isLessThan(n[1]).isLessThan(n[2]);
                assertThat(n[0]).isGreaterThan(n[1]).isGreaterThan(n[2]);
            }
        }
    }

    @Test
    void loopClaimsNoCheaperHandOverThanItMeasured() {
        for (double[] n : numbers()) {
            ExperimentResult result = told(
                    "loop",
                    found -> LoopExperiment.explain(
                            found,
                            List.of("platform threads", "virtual threads", "coroutines"),
                            new double[] {n[0], n[1], n[2]},
                            new double[] {n[3], n[4], n[5]}));
            if (shown(result)) {
                assertThat(n[0]).isGreaterThan(n[2]);
                assertThat(n[3]).isGreaterThan(n[5]);
            }
        }
    }

    @Test
    void memoryComparesProcessAndThread() {
        for (double[] n : numbers()) {
            Map<String, MemoryExperiment.Cost> costs = new LinkedHashMap<>();
            costs.put("platform thread", new MemoryExperiment.Cost(n[0], n[1]));
            costs.put("virtual thread", new MemoryExperiment.Cost(n[2], n[3]));
            costs.put("process", new MemoryExperiment.Cost(n[4], n[5]));
            ExperimentResult result = told("memory", found -> MemoryExperiment.tell(found, costs));
            assertThat(shown(result)).isEqualTo(n[4] > n[0] && n[5] > n[1]);
            new SentenceReader(result).readWhole();
        }
    }

    @Test
    void talkComparesWhatItMeasured() {
        List<String> ways = List.of(
                "pipe, there and back",
                "queue, an item",
                "queue, an item of a hundred",
                "lock, taken and freed",
                "map, an entry put",
                "counter, an addition");
        for (double[] n : numbers()) {
            Map<String, TalkExperiment.Talk> talks = new LinkedHashMap<>();
            for (int i = 0; i < ways.size(); i++) {
                talks.put(ways.get(i), new TalkExperiment.Talk(n[i], n[MOST - 1 - i]));
            }
            ExperimentResult result = told("talk", found -> TalkExperiment.tell(found, talks));
            assertThat(shown(result)).isEqualTo(n[7] * 1.1 < n[0] && n[2] * 1.1 < n[1] && n[5] * 1.1 < n[3]);
            assertThat(result.measured().contains("as slow")).isEqualTo(n[1] / n[2] < 1 / 1.1);
            new SentenceReader(result).readWhole();
        }
    }
}
