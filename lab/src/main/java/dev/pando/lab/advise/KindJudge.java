package dev.pando.lab.advise;

import dev.pando.lab.result.MeasuredAmount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Decides from measured calls what a call does, or that this cannot be told. Pure. */
final class KindJudge {
    /** Fewer batches cannot be compared with each other. */
    static final int FEWEST = 3;

    /** Calls whose shares of waiting differ by more than this are not of one kind. */
    private static final double DIFFERENT = 0.3;

    /**
     * Calls that exclude each other wait for all others: {@code threads - 1} calls long. With this part of it, four
     * threads get done 1.6 times what one does.
     */
    private static final double EXCLUDING = 0.5;

    private KindJudge() {}

    /**
     * @param alone batches on one thread, in order
     * @param together the sum of batches on several threads at once
     */
    static KindVerdict judge(List<CallBatch> alone, CallBatch together, int threads) {
        CallBatch all = CallBatch.sum(alone);
        if (alone.size() < FEWEST) {
            return new KindVerdict(
                    WorkKind.UNKNOWN, "this budget allows only " + all.calls() + " calls when the code is warm", all);
        }
        return all.knowsDelay() ? bySchedule(alone, together, threads) : byQuietest(alone, together, threads);
    }

    private static KindVerdict bySchedule(List<CallBatch> alone, CallBatch together, int threads) {
        List<CallBatch> sorted = new ArrayList<>(alone);
        sorted.sort(Comparator.comparingDouble(CallBatch::noise));
        List<CallBatch> quiet = new ArrayList<>(sorted.subList(0, Math.max(FEWEST, sorted.size() / 2)));
        quiet.sort(Comparator.comparingDouble(CallBatch::waitShare));
        // Without the extremes: what disturbs one batch, a slow disk say, is not what the others do.
        int odd = Math.max(1, quiet.size() / 4);
        List<CallBatch> middle = quiet.subList(odd, quiet.size() - odd);
        double least = middle.getFirst().waitShare();
        double most = middle.getLast().waitShare();
        CallBatch own = CallBatch.sum(middle);
        return differ(least, most)
                ? cannotTell("some of the calls", least, "others", most, own)
                : known(own, together, threads);
    }

    /** Without the scheduler's clock the least waiting of several batches is nearest to the truth. */
    private static KindVerdict byQuietest(List<CallBatch> alone, CallBatch together, int threads) {
        List<CallBatch> sorted = new ArrayList<>(alone);
        sorted.sort(Comparator.comparingDouble(CallBatch::waitShare));
        int quarter = Math.max(1, sorted.size() / 4);
        CallBatch least = CallBatch.sum(sorted.subList(0, quarter));
        double most = CallBatch.sum(sorted.subList(sorted.size() - quarter, sorted.size()))
                .waitShare();
        return differ(least.waitShare(), most)
                ? cannotTell(
                        "this system does not tell how long a thread waited for a processor; some calls",
                        least.waitShare(),
                        "others",
                        most,
                        least)
                : known(least, together, threads);
    }

    private static KindVerdict known(CallBatch own, CallBatch together, int threads) {
        double call = own.ownNanos() / own.calls();
        double more = together.waiting() / Math.max(1, together.calls()) - own.waiting() / own.calls();
        // On a busy machine a thread that is let through often comes too late and must wait again, and most of that
        // time counts as time without a processor. Java counts it as waiting.
        double parked = together.parkedShareBeyond(own);
        double excluded = EXCLUDING * (threads - 1);
        // Where the collector stopped all threads, those that wait for it look as if they waited for each other.
        boolean longer = together.pause() <= 0 && more > excluded * call;
        if (together.calls() > 0 && (longer || parked > excluded / threads)) {
            return new KindVerdict(
                    WorkKind.TAKES_TURNS,
                    String.format(
                            Locale.ROOT,
                            "alone a call of %s waits %.0f %% of its time, and when %d threads call it at once they"
                                    + " wait for each other",
                            MeasuredAmount.nanos(call),
                            100 * own.waitShare(),
                            threads),
                    own);
        }
        return new KindVerdict(
                WorkKind.byShare(own.waitShare()),
                String.format(
                        Locale.ROOT,
                        "of its own time it waits %.0f %%, without the time in which it had no processor or the"
                                + " collector stopped it",
                        100 * own.waitShare()),
                own);
    }

    private static boolean differ(double one, double other) {
        return Math.abs(one - other) > DIFFERENT && WorkKind.byShare(one) != WorkKind.byShare(other);
    }

    private static KindVerdict cannotTell(String some, double one, String rest, double other, CallBatch own) {
        return new KindVerdict(
                WorkKind.UNKNOWN,
                String.format(
                        Locale.ROOT,
                        "%s waited %.0f %% of the time, and %s %.0f %%",
                        some,
                        100 * one,
                        rest,
                        100 * other),
                own);
    }
}
