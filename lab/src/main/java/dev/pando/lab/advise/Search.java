package dev.pando.lab.advise;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.WorkerLostException;
import dev.pando.lab.advise.Recommendation.Confidence;
import dev.pando.lab.advise.Recommendation.Point;
import dev.pando.lab.result.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Profiles the function, climbs the curves that fit it, and compares the best of each kind. Not thread-safe. */
public final class Search<A extends @Nullable Object, T extends @Nullable Object> {
    /** Where the curve of threads ends: what waits so much that more would help is what virtual threads are for. */
    private static final int MAX_THREADS = 512;

    /** Where the curve of processes ends, in workers for each processor: each worker is a JVM, and takes its memory. */
    private static final int MAX_PROCESSES_PER_PROCESSOR = 4;

    /** Below this share of waiting, virtual threads are threads with extra steps. */
    private static final double MIN_WAIT_SHARE_FOR_VIRTUAL = 0.2;

    /** Two rates count as equal from this ratio on, about the noise of a median: then the simpler kind wins. */
    private static final double EQUAL_RATE = 0.96;

    /** What comes this near to the best runs again: a single measurement is off by more than {@link #EQUAL_RATE} now and then. */
    private static final double FINALIST_RATE = 0.85;

    /** What processes must reach at the first look, or else no number of them is likely to win, and their curve costs budget. */
    private static final double PROCESSES_WORTH_CLIMBING = 0.7;

    /** A tenth of the budget goes to the function alone, at most: the profile is only where the climb of threads begins. */
    private static final int PROFILES_PER_BUDGET = 10;

    /** How many measurements fit into the budget: two climbs of up to ten candidates, and three rounds of three finalists. */
    private static final int MEASUREMENTS_PER_BUDGET = 30;

    /** When the climb of threads ends, as a part of the budget: half is left for processes and for the final. */
    private static final double THREADS_CLIMB_ENDS = 0.5;

    /** When the climb of processes ends, as a part of the budget: the rest is for the final, which decides. */
    private static final double PROCESSES_CLIMB_ENDS = 0.7;

    /** How often each finalist runs again at least, and at most while there is time: a median of three is easily unlucky. */
    private static final int MIN_ROUNDS = 3;

    private static final int MAX_ROUNDS = 9;

    /** Below this spread the winner's measurements differ by less than what runs again in the final may ({@link #FINALIST_RATE}). */
    private static final double MAX_SPREAD_OF_HIGH_CONFIDENCE = 0.1;

    /** From this spread on, twice what finalists may differ by, a second run of the adviser may well name another winner. */
    private static final double MAX_SPREAD_OF_MEDIUM_CONFIDENCE = 0.3;

    private final Trial<A, T> trial;
    private final Probe<A, T> probe;
    private final Duration budget;
    private final Consumer<String> doing;
    private final long began = System.nanoTime();
    private final Map<Candidate, Double> tried = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /** Runs nothing yet; {@code doing} hears of each trial before the trial begins. */
    public Search(Fn<A, T> fn, List<? extends A> sample, Duration budget, Consumer<String> doing) {
        this.trial = new Trial<>(fn, sample);
        this.probe = new Probe<>(fn, sample);
        this.budget = budget;
        this.doing = doing;
    }

    public Recommendation run() {
        doing.accept("looking at one call at a time");
        Profile profile = probe.profile(budget.dividedBy(PROFILES_PER_BUDGET));
        int cpus = Runtime.getRuntime().availableProcessors();

        Candidate caller = new Candidate(Kind.CALLER, 1);
        double alone = rate(caller, 1e9 / profile.wallNanos());
        int guess = (int) Math.round(cpus * profile.workersPerProcessor());
        climb(Kind.THREADS, guess, MAX_THREADS, alone, THREADS_CLIMB_ENDS);
        if (profile.waitShare() >= MIN_WAIT_SHARE_FOR_VIRTUAL) {
            rate(new Candidate(Kind.VIRTUAL, 0), bestRate());
        } else {
            remarks.add("virtual threads were not tried: it computes, and they only help what waits");
        }
        return decide(processes(profile, cpus, alone), guess, alone);
    }

    /** Tries processes. Returns the profile, with an obstacle if sending failed. */
    private Profile processes(Profile profile, int cpus, double alone) {
        if (!profile.travels()) {
            remarks.add("processes were not tried: " + profile.obstacle().orElse(""));
            return profile;
        }
        double before = bestRate();
        try {
            // One look first: only if processes are near the best is their curve worth climbing.
            if (rate(new Candidate(Kind.PROCESSES, cpus), alone) > PROCESSES_WORTH_CLIMBING * before) {
                climb(Kind.PROCESSES, cpus, MAX_PROCESSES_PER_PROCESSOR * cpus, alone, PROCESSES_CLIMB_ENDS);
            }
            return profile;
        } catch (NotSendableException | WorkerLostException refused) {
            String why = String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
            remarks.add("processes do not suit it: " + why);
            return refused instanceof NotSendableException ? profile.withObstacle(why) : profile;
        }
    }

    /** Tries numbers of workers up to {@code most}, until this part of the budget is used up. */
    private void climb(Kind kind, int guess, int most, double alone, double part) {
        new Climb(workers -> rate(new Candidate(kind, workers), Math.max(alone, bestRate())),
                () -> System.nanoTime() - began < part * budget.toNanos(), most).from(guess);
    }

    private double rate(Candidate candidate, double guess) {
        Double known = tried.get(candidate);
        if (known != null) {
            return known;
        }
        doing.accept(candidate.code());
        double rate = trial.rate(candidate, slice(), guess);
        tried.put(candidate, rate);
        return rate;
    }

    private Duration slice() {
        return budget.dividedBy(MEASUREMENTS_PER_BUDGET);
    }

    private double bestRate() {
        return tried.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** Measures the best of each kind near the top again, in turn, so that no single lucky measurement decides. */
    private Recommendation decide(Profile profile, int guess, double alone) {
        double best = bestRate();
        List<Candidate> finalists = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            tried.keySet().stream()
                    .filter(candidate -> candidate.kind() == kind && rateOf(candidate) >= EQUAL_RATE * bestOf(kind))
                    .min(Comparator.comparingInt(Candidate::workers))
                    .filter(candidate -> rateOf(candidate) >= FINALIST_RATE * best)
                    .ifPresent(finalists::add);
        }
        // Where every number of threads does equally well, chance picks the best: what theory says gets its chance as well.
        Candidate theory = new Candidate(Kind.THREADS, Math.clamp(guess, 1, MAX_THREADS));
        if (!finalists.contains(theory) && rateOf(theory) >= FINALIST_RATE * best) {
            finalists.add(theory);
        }
        Candidate caller = new Candidate(Kind.CALLER, 1);
        if (!finalists.contains(caller)) {
            finalists.add(caller);
        }
        finalists.sort(Comparator.comparing(Candidate::kind).thenComparingInt(Candidate::workers));
        Map<Candidate, Sample> rounds = again(finalists);
        double top = rounds.values().stream().mapToDouble(Sample::median).max().orElse(best);
        Candidate winner = finalists.stream().filter(candidate -> medianOf(rounds, candidate) >= EQUAL_RATE * top).findFirst()
                .orElse(finalists.getFirst());
        rounds.forEach((candidate, sample) -> tried.put(candidate, sample.median()));

        Sample won = rounds.getOrDefault(winner, new Sample(top));
        Confidence confidence = confidence(won);
        String because = String.format(Locale.ROOT, "%d measurements of it differ by %.0f %%, and %s", won.runs(), 100 * won.spread(),
                finalists.size() == 2 ? "nothing else came near" : "it was the best, or the simplest of equals, of "
                        + finalists.size() + " that ran again");
        double base = tried.getOrDefault(caller, alone);
        return new Recommendation(winner, won.median(), won.median() / base, profile,
                tried.entrySet().stream().map(entry -> new Point(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing((Point point) -> point.candidate().kind())
                        .thenComparingInt(point -> point.candidate().workers())).toList(),
                confidence, because, remarks);
    }

    private static Confidence confidence(Sample won) {
        if (won.spread() < MAX_SPREAD_OF_HIGH_CONFIDENCE) {
            return Confidence.HIGH;
        }
        return won.spread() < MAX_SPREAD_OF_MEDIUM_CONFIDENCE ? Confidence.MEDIUM : Confidence.LOW;
    }

    private double rateOf(Candidate candidate) {
        return tried.getOrDefault(candidate, 0.0);
    }

    private double bestOf(Kind kind) {
        return tried.entrySet().stream().filter(entry -> entry.getKey().kind() == kind).mapToDouble(Map.Entry::getValue).max().orElse(0);
    }

    private Map<Candidate, Sample> again(List<Candidate> finalists) {
        Map<Candidate, List<Double>> rates = new LinkedHashMap<>();
        finalists.forEach(candidate -> rates.put(candidate, new ArrayList<>()));
        for (int round = 1; round <= MIN_ROUNDS || (round <= MAX_ROUNDS && System.nanoTime() - began < budget.toNanos()); round++) {
            for (var entry : rates.entrySet()) {
                doing.accept(entry.getKey().code() + " again, round " + round);
                entry.getValue().add(trial.rate(entry.getKey(), slice(), tried.getOrDefault(entry.getKey(), 1.0)));
            }
        }
        Map<Candidate, Sample> samples = new LinkedHashMap<>();
        rates.forEach((candidate, all) -> samples.put(candidate, new Sample(all.stream().mapToDouble(Double::doubleValue).toArray())));
        return samples;
    }

    private static double medianOf(Map<Candidate, Sample> rounds, Candidate candidate) {
        Sample sample = rounds.get(candidate);
        return sample == null ? 0 : sample.median();
    }
}
