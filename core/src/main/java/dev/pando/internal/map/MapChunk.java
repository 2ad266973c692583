package dev.pando.internal.map;

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

    private volatile @Nullable TaskCell<ChunkTask.Yield> cell;
    private List<MapChunk> shared = List.of();

    /** Written last by the thread that ended it, so that the reader sees the rest. */
    private volatile boolean back;

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
        if (!run.sending(this)) {
            cell = unsent(new CancellationException("the map was stopped"));
            return;
        }
        ChunkTask<?, ?> chunkTask = new ChunkTask<>(options.fn(), inputs, run.budget(), options.stopAtFailure());
        TaskCell<ChunkTask.Yield> sent;
        try {
            Intake intake = options.core().intake();
            sent = rest
                    ? intake.acceptRest(options.options(), chunkTask)
                    : intake.acceptAnyway(options.options(), chunkTask);
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

    private static TaskCell<ChunkTask.Yield> unsent(Throwable why) {
        PromiseCell<ChunkTask.Yield> cell = new PromiseCell<>();
        cell.promiseFailure(why);
        return cell;
    }

    @Override
    public void done(TaskCell<?> ended) {
        ChunkTask.Yield yield = yielded();
        if (yield != null && !run.stopped()) {
            int done = yield.results().length;
            boolean failedLast = done > 0 && yield.results()[done - 1] instanceof ChunkTask.ThrownResult;
            if (done < inputs.length && !(failedLast && run.options().stopAtFailure())) {
                share(done);
            }
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
            pieces.add(new MapChunk(run, Arrays.copyOfRange(inputs, begin, end), before + begin));
        }
        shared = pieces;
        for (MapChunk chunk : pieces) {
            try {
                chunk.send(true);
            } catch (RuntimeException refused) { // the pool was killed meanwhile: these elements fail with that
                chunk.back = true;
                run.back(chunk);
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
        ChunkTask.Yield yield = yielded();
        if (yield != null) {
            return yield.results();
        }
        @Nullable Object[] results = new @Nullable Object[inputs.length];
        TaskCell<ChunkTask.Yield> sent = cell;
        Arrays.fill(
                results,
                sent == null || sent.isCancelled() ? Mark.CANCELLED : new ChunkTask.ThrownResult(sent.exceptionNow()));
        return results;
    }

    private ChunkTask.@Nullable Yield yielded() {
        TaskCell<ChunkTask.Yield> sent = cell;
        return sent != null && sent.state() == Future.State.SUCCESS ? sent.resultNow() : null;
    }
}
