package dev.pando.lab.advise;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.WorkerLostException;
import dev.pando.lab.advise.Recommendation.Confidence;
import dev.pando.lab.advise.Recommendation.Point;
import dev.pando.lab.result.TimingSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Profiles the function, climbs the curves that fit it, and compares the best of each kind. Not thread-safe. */
public final class WorkerSearch<A extends @Nullable Object, T extends @Nullable Object> {
    /** Where the curve of threads ends: what waits so much that more would help is what virtual threads are for. */
    private static final int MAX_THREADS = 512;

    /** Where the curve of processes ends, in workers for each processor: each worker is a JVM, and takes its memory. */
    private static final int MAX_PROCESSES_PER_PROCESSOR = 4;

    /** Two rates count as equal from this ratio on, about the noise of a median: then the simpler kind wins. */
    static final double EQUAL_RATE = 0.96;

    /**
     * What comes this near to the best runs again: a single measurement is off by more than {@link #EQUAL_RATE} now and
     * then.
     */
    static final double FINALIST_RATE = 0.85;

    /**
     * What processes must reach at the first look, or else no number of them is likely to win, and their curve costs
     * budget.
     */
    private static final double PROCESSES_WORTH_CLIMBING = 0.7;

    /**
     * A tenth of the budget goes to the function alone, at most: the profile is only where the climb of threads begins.
     */
    private static final int PROFILES_PER_BUDGET = 10;

    /**
     * How many measurements fit into the budget: two climbs of up to ten candidates, and three rounds of three
     * finalists.
     */
    private static final int MEASUREMENTS_PER_BUDGET = 30;

    /** When the climb of threads ends, as a part of the budget: half is left for processes and for the final. */
    private static final double THREADS_CLIMB_ENDS = 0.5;

    /** When the climb of processes ends, as a part of the budget: the rest is for the final, which decides. */
    private static final double PROCESSES_CLIMB_ENDS = 0.7;

    /**
     * How often each finalist runs again at least, and at most while there is time: a median of three is easily
     * unlucky.
     */
    private static final int MIN_ROUNDS = 3;

    private static final int MAX_ROUNDS = 9;

    private final ThroughputTrial<A, T> throughputTrial;
    private final FunctionProbe<A, T> functionProbe;
    private final Duration budget;
    private final Consumer<String> doing;
    private final long began = System.nanoTime();
    private final Map<WorkerCandidate, Double> tried = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /** Runs nothing yet; {@code doing} hears of each trial before the trial begins. */
    public WorkerSearch(Fn<A, T> fn, List<? extends A> sample, Duration budget, Consumer<String> doing) {
        this.throughputTrial = new ThroughputTrial<>(fn, sample);
        this.functionProbe = new FunctionProbe<>(fn, sample);
        this.budget = budget;
        this.doing = doing;
    }

    public Recommendation run() {
        doing.accept("looking at one call at a time");
        CallProfile callProfile = functionProbe.profile(budget.dividedBy(PROFILES_PER_BUDGET));
        WorkKind kind = callProfile.kind();
        if (kind == WorkKind.UNKNOWN) {
            return untold(callProfile);
        }
        int cpus = Runtime.getRuntime().availableProcessors();
        WorkerCandidate caller = new WorkerCandidate(WorkerKind.CALLER, 1);
        double alone = rate(caller, 1e9 / callProfile.wallNanos());
        int theory = Math.clamp(Math.round(cpus * callProfile.workersPerProcessor()), 1, MAX_THREADS);
        if (kind != WorkKind.TAKES_TURNS) {
            climb(WorkerKind.THREADS, theory, kind.mostThreads(theory, cpus, MAX_THREADS), alone, THREADS_CLIMB_ENDS);
        }
        if (kind.suitsVirtual()) {
            rate(new WorkerCandidate(WorkerKind.VIRTUAL, 0), bestRate());
        } else {
            remarks.add(
                    kind == WorkKind.TAKES_TURNS
                            ? "more threads were not tried: its calls wait for each other, not for a processor"
                            : "virtual threads were not tried: it computes, and they only help what waits");
        }
        return decide(processes(callProfile, cpus, alone), theory, alone);
    }

    /** Nothing is tried: the rates of a function that is not understood would be taken for advice. */
    private static Recommendation untold(CallProfile callProfile) {
        return new Recommendation(
                WorkKind.UNKNOWN.byTheory(1),
                1e9 / Math.max(1, callProfile.wallNanos()),
                1,
                callProfile,
                List.of(),
                Confidence.NONE,
                callProfile.because(),
                List.of());
    }

    /** Tries processes. Returns the profile, with an obstacle if sending failed. */
    private CallProfile processes(CallProfile callProfile, int cpus, double alone) {
        if (!callProfile.travels()) {
            remarks.add("processes were not tried: " + callProfile.obstacle().orElse(""));
            return callProfile;
        }
        if (callProfile.kind() == WorkKind.TAKES_TURNS) {
            remarks.add("processes were not tried: each would have a lock, or whatever its calls wait for, of its own."
                    + " If the calls need not share it, try processes yourself");
            return callProfile;
        }
        double before = bestRate();
        try {
            // A first measurement, because the curve of processes is worth climbing only if they are near the best.
            if (rate(new WorkerCandidate(WorkerKind.PROCESSES, cpus), alone) > PROCESSES_WORTH_CLIMBING * before) {
                climb(WorkerKind.PROCESSES, cpus, MAX_PROCESSES_PER_PROCESSOR * cpus, alone, PROCESSES_CLIMB_ENDS);
            }
            return callProfile;
        } catch (NotSendableException | WorkerLostException refused) {
            String why =
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
            remarks.add("processes do not suit it: " + why);
            return refused instanceof NotSendableException ? callProfile.withObstacle(why) : callProfile;
        }
    }

    /** Tries numbers of workers up to {@code most}, until this part of the budget is used up. */
    private void climb(WorkerKind workerKind, int guess, int most, double alone, double part) {
        new HillClimb(
                        workers -> rate(new WorkerCandidate(workerKind, workers), Math.max(alone, bestRate())),
                        () -> System.nanoTime() - began < part * budget.toNanos(),
                        most)
                .from(guess);
    }

    private double rate(WorkerCandidate workerCandidate, double guess) {
        Double known = tried.get(workerCandidate);
        if (known != null) {
            return known;
        }
        doing.accept(workerCandidate.code());
        double rate = throughputTrial.rate(workerCandidate, slice(), guess);
        tried.put(workerCandidate, rate);
        return rate;
    }

    private Duration slice() {
        return budget.dividedBy(MEASUREMENTS_PER_BUDGET);
    }

    private double bestRate() {
        return tried.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** Measures the best of each kind near the top again, in turn, so that no single lucky measurement decides. */
    private Recommendation decide(CallProfile callProfile, int theory, double alone) {
        WorkKind kind = callProfile.kind();
        WorkerCandidate byTheory = kind.byTheory(theory);
        WorkerCandidate caller = new WorkerCandidate(WorkerKind.CALLER, 1);
        List<WorkerCandidate> finalists = finalists(byTheory);
        SequencedMap<WorkerCandidate, TimingSample> rounds = again(finalists);
        rounds.forEach((workerCandidate, timingSample) -> tried.put(workerCandidate, timingSample.median()));
        FinalVerdict verdict = FinalVerdict.of(rounds, byTheory);
        double won = rateOf(verdict.best());
        String measured = verdict.isNoise()
                ? String.format(
                        Locale.ROOT,
                        "%d measurements differ by %.0f %%, too much to choose by them: this is what suits a call"
                                + " that %s, because %s",
                        verdict.runs(),
                        100 * verdict.spread(),
                        kind.title(),
                        callProfile.because())
                : String.format(
                        Locale.ROOT,
                        "%d measurements of it differ by %.0f %%, and %s",
                        verdict.runs(),
                        100 * verdict.spread(),
                        rivals(finalists));
        double base = tried.getOrDefault(caller, alone);
        return new Recommendation(
                verdict.best(), won, won / base, callProfile, points(), verdict.confidence(), measured, remarks);
    }

    private static String rivals(List<WorkerCandidate> finalists) {
        return finalists.size() == 2
                ? "nothing else came near"
                : "it was the best, or the simplest of equals, of " + finalists.size() + " that ran again";
    }

    /** Returns the best of each kind near the top, what theory says, and the caller, to compare with. */
    private List<WorkerCandidate> finalists(WorkerCandidate byTheory) {
        double best = bestRate();
        List<WorkerCandidate> finalists = new ArrayList<>();
        for (WorkerKind workerKind : WorkerKind.values()) {
            tried.keySet().stream()
                    .filter(workerCandidate -> workerCandidate.workerKind() == workerKind
                            && rateOf(workerCandidate) >= EQUAL_RATE * bestOf(workerKind))
                    .min(Comparator.comparingInt(WorkerCandidate::workers))
                    .filter(workerCandidate -> rateOf(workerCandidate) >= FINALIST_RATE * best)
                    .ifPresent(finalists::add);
        }
        for (WorkerCandidate always : List.of(byTheory, new WorkerCandidate(WorkerKind.CALLER, 1))) {
            if (!finalists.contains(always)) {
                finalists.add(always);
            }
        }
        finalists.sort(Comparator.comparing(WorkerCandidate::workerKind).thenComparingInt(WorkerCandidate::workers));
        return finalists;
    }

    private List<Point> points() {
        return tried.entrySet().stream()
                .map(entry -> new Point(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(
                                (Point point) -> point.workerCandidate().workerKind())
                        .thenComparingInt(point -> point.workerCandidate().workers()))
                .toList();
    }

    private double rateOf(WorkerCandidate workerCandidate) {
        return tried.getOrDefault(workerCandidate, 0.0);
    }

    private double bestOf(WorkerKind workerKind) {
        return tried.entrySet().stream()
                .filter(entry -> entry.getKey().workerKind() == workerKind)
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    private SequencedMap<WorkerCandidate, TimingSample> again(List<WorkerCandidate> finalists) {
        Map<WorkerCandidate, List<Double>> rates = new LinkedHashMap<>();
        finalists.forEach(workerCandidate -> rates.put(workerCandidate, new ArrayList<>()));
        for (int round = 1;
                round <= MIN_ROUNDS || (round <= MAX_ROUNDS && System.nanoTime() - began < budget.toNanos());
                round++) {
            for (var entry : rates.entrySet()) {
                doing.accept(entry.getKey().code() + " again, round " + round);
                entry.getValue()
                        .add(throughputTrial.rate(entry.getKey(), slice(), tried.getOrDefault(entry.getKey(), 1.0)));
            }
        }
        SequencedMap<WorkerCandidate, TimingSample> samples = new LinkedHashMap<>();
        rates.forEach((workerCandidate, all) -> samples.put(
                workerCandidate,
                new TimingSample(all.stream().mapToDouble(Double::doubleValue).toArray())));
        return samples;
    }
}
