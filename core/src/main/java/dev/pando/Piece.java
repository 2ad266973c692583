package dev.pando;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way through a map: the task that runs it, and, if it turned out to be slow, the pieces into which the
 * rest of it was divided. Sent by the reader or, those pieces, by whoever ended it.
 */
final class Piece extends Observer {
    /** In the place of a result. */
    enum Mark {
        CANCELLED
    }

    private final Conveyor conveyor;
    private final @Nullable Object[] inputs;
    private final long before;

    private volatile @Nullable TaskCell<Batch.Yield> cell;
    private List<Piece> shared = List.of();

    /** Written last by whoever ended it, so that the reader sees the rest. */
    private volatile boolean back;

    Piece(Conveyor conveyor, @Nullable Object[] inputs, long before) {
        this.before = before;
        this.conveyor = conveyor;
        this.inputs = inputs;
    }

    /** Sends it. When it throws, it was not sent, and must not be waited for. */
    void send() {
        send(false);
    }

    private void send(boolean rest) {
        Route<?> route = conveyor.route();
        if (!conveyor.sending(this)) {
            cell = unsent(new CancellationException("the map was stopped"));
            return;
        }
        Batch<?, ?> batch = new Batch<>(route.fn(), inputs, conveyor.budget(), route.stopAtFailure());
        TaskCell<Batch.Yield> sent;
        try {
            Intake intake = route.core().intake();
            sent = rest ? intake.acceptRest(route.terms(), batch) : intake.acceptAnyway(route.terms(), batch);
        } catch (Throwable refused) {
            cell = unsent(refused);
            if (!rest) conveyor.unsent(this);
            throw refused;
        }
        cell = sent;
        if (!sent.observe(this)) done(sent);
    }

    private static TaskCell<Batch.Yield> unsent(Throwable why) {
        PromiseCell<Batch.Yield> cell = new PromiseCell<>();
        cell.promiseFailure(why);
        return cell;
    }

    @Override
    void done(TaskCell<?> ended) {
        Batch.Yield yield = yielded();
        if (yield != null && !conveyor.stopped()) {
            int done = yield.results().length;
            boolean failedLast = done > 0 && yield.results()[done - 1] instanceof Batch.Threw;
            if (done < inputs.length && !(failedLast && conveyor.route().stopAtFailure())) share(done);
        }
        back = true;
        conveyor.back(this);
    }

    /** Divides what was not begun among the workers. */
    private void share(int from) {
        int unbegun = inputs.length - from;
        int parts = Math.min(unbegun, conveyor.route().width());
        List<Piece> pieces = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            int begin = from + (int) ((long) unbegun * i / parts);
            int end = from + (int) ((long) unbegun * (i + 1) / parts);
            pieces.add(new Piece(conveyor, Arrays.copyOfRange(inputs, begin, end), before + begin));
        }
        shared = pieces;
        for (Piece piece : pieces) {
            try {
                piece.send(true);
            } catch (RuntimeException refused) { // the pool was killed meanwhile: these elements fail with that
                piece.back = true;
                conveyor.back(piece);
            }
        }
    }

    /** How many inputs of the map came before these. */
    long before() {
        return before;
    }

    boolean back() {
        return back;
    }

    /** The task that runs it. Whoever sends it is a moment away from having it. */
    TaskCell<?> cell() {
        TaskCell<?> sent = cell;
        while (sent == null) {
            Thread.onSpinWait();
            sent = cell;
        }
        return sent;
    }

    /** The pieces which came of the rest. Only when it is back. */
    List<Piece> shared() {
        return shared;
    }

    long nanos() {
        Batch.Yield yield = yielded();
        return yield == null ? 0 : yield.nanos();
    }

    /** What came of each element that was begun. When the piece failed as a whole, each failed so. */
    @Nullable Object[] results() {
        Batch.Yield yield = yielded();
        if (yield != null) return yield.results();
        @Nullable Object[] results = new @Nullable Object[inputs.length];
        TaskCell<Batch.Yield> sent = cell;
        Arrays.fill(results, sent == null || sent.isCancelled() ? Mark.CANCELLED : new Batch.Threw(sent.exceptionNow()));
        return results;
    }

    private Batch.@Nullable Yield yielded() {
        TaskCell<Batch.Yield> sent = cell;
        return sent != null && sent.state() == Future.State.SUCCESS ? sent.resultNow() : null;
    }
}
