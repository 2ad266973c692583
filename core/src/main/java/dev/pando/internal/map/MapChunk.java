package dev.pando.internal.map;

import dev.pando.ContextCarrier;
import dev.pando.WorkerLostException;
import dev.pando.internal.pool.Intake;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way through a map: the task that runs it, and, if it turned out to be slow, the pieces into which the
 * rest of it was divided. Sent by the reader or, those pieces, by the thread that ended it.
 */
public final class MapChunk extends TaskObserver {
    /** In the place of a result. */
    enum Mark {
        CANCELLED
    }

    private final MapRun run;
    private final @Nullable Object[] inputs;
    private final long before;

    /** What the reader of the map had to carry when it sent this chunk, or the one of which this is a piece. */
    private List<ContextCarrier.Luggage> luggage = List.of();

    private volatile @Nullable TaskCell<ChunkTask.Yield> cell;
    private List<MapChunk> shared = List.of();

    /** Whether all of it stands in the pieces, because its worker was lost. */
    private boolean split;

    /** Why the elements without a result could not be sent again: the heap was full, say. */
    private @Nullable Throwable broken;

    /** Written last by the thread that ended it, so that the reader sees the rest. */
    private volatile boolean back;

    /** The next in its {@link ChunkChain}. */
    @Nullable
    MapChunk next;

    /** Whether it counts as under way. Written by the thread that sends it, then by the reader. */
    boolean counted;

    MapChunk(MapRun run, @Nullable Object[] inputs, long before) {
        this.before = before;
        this.run = run;
        this.inputs = inputs;
    }

    /** Sends it. When it throws, it was not sent, and must not be waited for. */
    void send() {
        send(false);
    }

    private void send(boolean rest) {
        MapOptions<?> options = run.options();
        TaskCell<ChunkTask.Yield> sent;
        try {
            if (!run.sending(this)) {
                cell = unsent(new CancellationException("the map was stopped"));
                return;
            }
            ChunkTask<?, ?> chunkTask = new ChunkTask<>(options.fn(), inputs, run.budget(), options.stopAtFailure());
            Intake intake = options.core().intake();
            if (!rest) {
                luggage = intake.capture();
            }
            sent = rest
                    ? intake.acceptRest(options.options(), chunkTask, luggage)
                    : intake.acceptAnyway(options.options(), chunkTask, luggage);
        } catch (Throwable refused) {
            cell = unsent(refused);
            if (!rest) {
                run.unsent(this);
            }
            throw refused;
        }
        cell = sent;
        if (!sent.observe(this)) {
            done(sent);
        }
    }

    private TaskCell<ChunkTask.Yield> unsent(Throwable why) {
        try {
            return failed(why);
        } catch (OutOfMemoryError noMemory) {
            return run.untold;
        }
    }

    /** Returns a cell that no worker has. */
    static TaskCell<ChunkTask.Yield> failed(Throwable why) {
        PromiseCell<ChunkTask.Yield> cell = new PromiseCell<>();
        cell.promiseFailure(why);
        return cell;
    }

    /** Whatever fails here, the thread that reads the map is told, and finds every element. */
    @Override
    public void done(TaskCell<?> ended) {
        try {
            divide(ended);
        } catch (Throwable t) {
            broken = t;
        } finally {
            back = true;
            run.back(this);
        }
    }

    /** Shares out what is left to do. */
    private void divide(TaskCell<?> ended) {
        ChunkTask.Yield yield = yielded();
        if (yield != null && !run.stopped()) {
            int done = yield.results().length;
            boolean failedLast = done > 0 && yield.results()[done - 1] instanceof ChunkTask.ThrownResult;
            if (done < inputs.length && !(failedLast && run.options().stopAtFailure())) {
                share(done);
            }
        }
        if (isLost(ended) && !run.stopped()) {
            recover(ended);
        }
    }

    private static boolean isLost(TaskCell<?> ended) {
        return ended.state() == Future.State.FAILED && ended.exceptionNow() instanceof WorkerLostException;
    }

    /**
     * Makes sure that only the element which the worker died of is lost. If it is not known which that is, halves are
     * tried, down to a single element.
     */
    private void recover(TaskCell<?> lost) {
        int culprit = lost.lostStep();
        boolean known = culprit >= 0 && culprit < inputs.length;
        if (inputs.length == 1) {
            cell = unsent(named(lost));
            return;
        }
        if (!known && run.options().atMostOnce()) {
            return; // any of them may have run
        }
        List<MapChunk> pieces = new ArrayList<>();
        if (known) {
            boolean again = !run.options().atMostOnce();
            addPiece(pieces, 0, culprit, again ? null : lost);
            addPiece(pieces, culprit, culprit + 1, lost);
            addPiece(pieces, culprit + 1, inputs.length, null);
        } else {
            addPiece(pieces, 0, inputs.length / 2, null);
            addPiece(pieces, inputs.length / 2, inputs.length, null);
        }
        split = true;
        sendAll(pieces);
    }

    /** Adds some of the elements, which share the fate of their worker, or are to be sent if {@code lost} is null. */
    private void addPiece(List<MapChunk> pieces, int from, int to, @Nullable TaskCell<?> lost) {
        if (from == to) {
            return;
        }
        MapChunk piece = piece(from, to);
        if (lost != null) {
            piece.cell = unsent(piece.named(lost));
        }
        pieces.add(piece);
    }

    /** Returns some of the elements, with the luggage of all. */
    private MapChunk piece(int from, int to) {
        MapChunk piece = new MapChunk(run, Arrays.copyOfRange(inputs, from, to), before + from);
        piece.luggage = luggage;
        return piece;
    }

    /** Returns the loss as that of the first element here, or of all of them. */
    private Throwable named(TaskCell<?> lost) {
        WorkerLostException loss = (WorkerLostException) lost.exceptionNow();
        String elements = inputs.length == 1
                ? "element " + (before + 1)
                : "elements " + (before + 1) + " to " + (before + inputs.length);
        WorkerLostException named = new WorkerLostException(elements + " of " + loss.getMessage(), loss.loss());
        for (Throwable site : loss.getSuppressed()) {
            named.addSuppressed(site);
        }
        return named;
    }

    /** Sends a piece of a chunk that has run, unless its end is known already. */
    private void sendRest() {
        try {
            if (cell == null) {
                send(true);
                return;
            }
            if (!run.sending(this)) {
                back = true;
                return;
            }
        } catch (Throwable refused) {
            // the pool was killed meanwhile, or there was no memory: these elements fail with that
        }
        back = true;
        run.back(this);
    }

    /** Divides what was not begun among the workers. */
    private void share(int from) {
        int unbegun = inputs.length - from;
        int parts = Math.min(unbegun, run.options().width());
        List<MapChunk> pieces = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            int begin = from + (int) ((long) unbegun * i / parts);
            int end = from + (int) ((long) unbegun * (i + 1) / parts);
            pieces.add(piece(begin, end));
        }
        sendAll(pieces);
    }

    /** From here on nothing may fail, because the reader waits for each piece. */
    private void sendAll(List<MapChunk> pieces) {
        shared = pieces;
        for (int i = 0; i < pieces.size(); i++) { // an iterator would need memory
            pieces.get(i).sendRest();
        }
    }

    /** How many inputs of the map came before these. */
    long before() {
        return before;
    }

    boolean back() {
        return back;
    }

    /** The task that runs it. The sending thread stores it a moment after the chunk is sent. */
    TaskCell<?> cell() {
        TaskCell<?> sent = cell;
        while (sent == null) {
            Thread.onSpinWait();
            sent = cell;
        }
        return sent;
    }

    /** The pieces which came of the rest. Only when it is back. */
    List<MapChunk> shared() {
        return shared;
    }

    long nanos() {
        ChunkTask.Yield yield = yielded();
        return yield == null ? 0 : yield.nanos();
    }

    /** What came of each element that was begun. When the chunk failed as a whole, each failed so. */
    @Nullable
    Object[] results() {
        if (split) {
            return new @Nullable Object[0];
        }
        ChunkTask.Yield yield = yielded();
        if (yield != null) {
            return complete(yield.results());
        }
        @Nullable Object[] results = new @Nullable Object[inputs.length];
        TaskCell<ChunkTask.Yield> sent = cell;
        Arrays.fill(
                results,
                sent == null || sent.isCancelled() ? Mark.CANCELLED : new ChunkTask.ThrownResult(sent.exceptionNow()));
        return results;
    }

    private @Nullable Object[] complete(@Nullable Object[] results) {
        if (broken == null || !shared.isEmpty()) {
            return results;
        }
        @Nullable Object[] all = Arrays.copyOf(results, inputs.length);
        Arrays.fill(all, results.length, all.length, new ChunkTask.ThrownResult(broken));
        return all;
    }

    private ChunkTask.@Nullable Yield yielded() {
        TaskCell<ChunkTask.Yield> sent = cell;
        return sent != null && sent.state() == Future.State.SUCCESS ? sent.resultNow() : null;
    }
}
