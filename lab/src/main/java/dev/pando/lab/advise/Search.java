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
    private static final int MOST_THREADS = 512;
    /** Functions that wait less than this part of their time gain nothing from virtual threads. */
    private static final double WAITS = 0.2;
    /** At this part of the best rate, a simpler kind wins. */
    private static final double EQUAL = 0.96;
    /** Rounds of the final: more than the least while there is time, because a median of three is easily unlucky. */
    private static final int LEAST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 9;

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
        Profile profile = probe.profile(budget.dividedBy(10));
        int cpus = Runtime.getRuntime().availableProcessors();

        Candidate caller = new Candidate(Kind.CALLER, 1);
        double alone = rate(caller, 1e9 / profile.wallNanos());
        int guess = (int) Math.round(cpus * profile.workersPerProcessor());
        climb(Kind.THREADS, guess, MOST_THREADS, alone, 0.5);
        if (profile.waitShare() >= WAITS) {
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
            // A single trial first: the curve is worth climbing only if processes come near the best.
            if (rate(new Candidate(Kind.PROCESSES, cpus), alone) > 0.7 * before) {
                climb(Kind.PROCESSES, cpus, 4 * cpus, alone, 0.7);
            }
            return profile;
        } catch (NotSendableException | WorkerLostException refused) {
            String why = String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
            remarks.add("processes do not suit it: " + why);
            return refused instanceof NotSendableException ? profile.withObstacle(why) : profile;
        }
    }

    /** Climbs a curve until this part of the budget is used up. */
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
        return budget.dividedBy(30);
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
                    .filter(candidate -> candidate.kind() == kind && rateOf(candidate) >= EQUAL * bestOf(kind))
                    .min(Comparator.comparingInt(Candidate::workers))
                    .filter(candidate -> rateOf(candidate) >= 0.85 * best)
                    .ifPresent(finalists::add);
        }
        // If every number of threads does equally well, chance picks the best, so the number of theory joins the final.
        Candidate theory = new Candidate(Kind.THREADS, Math.clamp(guess, 1, MOST_THREADS));
        if (!finalists.contains(theory) && rateOf(theory) >= 0.85 * best) {
            finalists.add(theory);
        }
        Candidate caller = new Candidate(Kind.CALLER, 1);
        if (!finalists.contains(caller)) {
            finalists.add(caller);
        }
        finalists.sort(Comparator.comparing(Candidate::kind).thenComparingInt(Candidate::workers));
        Map<Candidate, Sample> rounds = again(finalists);
        double top = rounds.values().stream().mapToDouble(Sample::median).max().orElse(best);
        Candidate winner = finalists.stream().filter(candidate -> medianOf(rounds, candidate) >= EQUAL * top).findFirst()
                .orElse(finalists.getFirst());
        rounds.forEach((candidate, sample) -> tried.put(candidate, sample.median()));

        Sample won = rounds.getOrDefault(winner, new Sample(top));
        Confidence confidence = won.spread() < 0.1 ? Confidence.HIGH : won.spread() < 0.3 ? Confidence.MEDIUM : Confidence.LOW;
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

    private double rateOf(Candidate candidate) {
        return tried.getOrDefault(candidate, 0.0);
    }

    private double bestOf(Kind kind) {
        return tried.entrySet().stream().filter(entry -> entry.getKey().kind() == kind).mapToDouble(Map.Entry::getValue).max().orElse(0);
    }

    private Map<Candidate, Sample> again(List<Candidate> finalists) {
        Map<Candidate, List<Double>> rates = new LinkedHashMap<>();
        finalists.forEach(candidate -> rates.put(candidate, new ArrayList<>()));
        for (int round = 1; round <= LEAST_ROUNDS || (round <= MOST_ROUNDS && System.nanoTime() - began < budget.toNanos()); round++) {
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
