package dev.pando.internal.map;

import dev.pando.DeadlineExceededException;
import dev.pando.Outcome;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.util.MemoryPause;
import dev.pando.internal.wait.Waits;
import dev.pando.spi.Failure;
import dev.pando.spi.Waiter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A map under way: inputs are put on at one end, and outcomes taken off at the other, by the one thread that reads the
 * stream. Between the two travel {@link MapChunk chunks}, which workers run.
 *
 * <pre>
 *   put ──► buffer ──flush──► Chunk Chunk Chunk ──► opened ──► take
 *           (a chunk to be)   (under way)           (results of one chunk)
 * </pre>
 *
 * <p>{@link ChunkPace} says how large a chunk is.
 */
final class MapRun {
    /** Enough for a want of memory that passes. */
    private static final int STOP_TRIES = 100;

    /** In the place of the cell of a chunk that was refused, or not divided, when there is no memory for one. */
    final TaskCell<ChunkTask.Yield> untold = MapChunk.failed(Failure.UNTOLD.thrown());

    private final MapOptions<?> options;
    private final MapProgress progress;
    private final long deadline;

    /** The thread to wake: it may change between reads, and does under a parallel stream. Set before it waits. */
    private volatile @Nullable Waiter reader;

    /** Under way, in order of the inputs. For an unordered map: those that came back, as they came. */
    private final ChunkChain ordered = new ChunkChain();

    private final ChunkArrivals arrived = new ChunkArrivals();

    /** Every chunk that was sent and not opened. Workers add to it when they share out a slow one. */
    private final Set<MapChunk> underWay = ConcurrentHashMap.newKeySet();

    /** How many those are: the set itself cannot tell after a want of memory. */
    private final AtomicInteger unopened = new AtomicInteger();

    private volatile boolean stopped;

    private List<@Nullable Object> buffer = new ArrayList<>();
    private final ChunkPace pace;

    /** How many chunks may be under way: asked for once a chunk, for an element may cost less than that. */
    private int most;

    private @Nullable Object[] opened = new @Nullable Object[0];
    private int at;

    /** How many inputs came before those of the opened chunk. */
    private long base;

    private long position;
    private long pulled;
    private long delivered;

    /** @param expected how many inputs there will be; -1: that is not known */
    MapRun(MapOptions<?> options, long expected) {
        this.options = options;
        this.progress = new MapProgress(options.progress());
        this.deadline = BlockingWait.deadline(options.totalNanos());
        this.pace = new ChunkPace(options);
        this.most = options.chunks();
        progress.begin(expected);
    }

    boolean hasRoom() {
        return unopened.get() < most && !windowFull();
    }

    private boolean windowFull() {
        return options.window() > 0 && pulled - delivered >= options.window();
    }

    boolean hasReady() {
        if (at < opened.length) {
            return true;
        }
        if (!options.ordered()) {
            return !ordered.isEmpty() || !arrived.isEmpty();
        }
        MapChunk first = ordered.peekFirst();
        return first != null && first.back();
    }

    boolean isEmpty() {
        return at == opened.length && unopened.get() == 0 && buffer.isEmpty() && ordered.isEmpty() && arrived.isEmpty();
    }

    void put(@Nullable Object input) {
        if (buffer.isEmpty()) {
            pace.begins();
        }
        buffer.add(input);
        pulled++;
        if (buffer.size() >= pace.size() || windowFull()) {
            flush();
        }
    }

    /** Sends what is in the buffer. */
    void flush() {
        if (buffer.isEmpty()) {
            return;
        }
        @Nullable Object[] inputs = buffer.toArray();
        MapChunk piece = new MapChunk(this, inputs, pulled - inputs.length);
        buffer = new ArrayList<>(pace.size());
        pace.filled(inputs.length);
        piece.send();
        most = options.chunks();
        if (options.ordered()) {
            ordered.addLast(piece);
        }
    }

    /** The next outcome; waits for it. Not when {@link #isEmpty}. */
    @SuppressWarnings("NullAway") // a result may be null where the function may return it
    Outcome<?> take() {
        while (at == opened.length) {
            open(nextChunk());
        }
        Object result = opened[at];
        position = base + at + 1;
        opened[at++] = null;
        delivered++;
        progress.delivered(delivered, pulled);
        return switch (result) {
            case ChunkTask.ThrownResult(Throwable thrown) -> new Outcome.Failure<>(thrown);
            case MapChunk.Mark.CANCELLED -> new Outcome.Cancelled<>();
            case null, default -> new Outcome.Success<>(result);
        };
    }

    /** Which input the last outcome was of, counted from 1. */
    long position() {
        return position;
    }

    private MapChunk nextChunk() {
        if (unopened.get() == 0) {
            flush();
        }
        if (!hasReady()) {
            awaitChunk();
        }
        if (ordered.isEmpty()) {
            arrived.moveTo(ordered);
        }
        return Objects.requireNonNull(ordered.pollFirst());
    }

    private void awaitChunk() {
        long begun = System.nanoTime();
        Waiter waiter = Waiter.current();
        reader = waiter;
        List<TaskCell<?>> cells = options.ordered()
                ? List.of(Objects.requireNonNull(ordered.peekFirst()).cell())
                : cells(underWay);
        try {
            if (BlockingWait.await(
                    waiter, new WaitEdge.For(cells, false, deadline != BlockingWait.NEVER), this::hasReady, deadline)) {
                pace.waited(System.nanoTime() - begun);
                return;
            }
        } catch (InterruptedException e) {
            throw Waits.interrupted("waiting for a result of a map, which is cancelled");
        }
        throw new DeadlineExceededException("the map was not done in time: " + delivered + " results were delivered, "
                + (pulled - delivered) + " were due");
    }

    private static List<TaskCell<?>> cells(Collection<MapChunk> chunks) {
        List<TaskCell<?>> cells = new ArrayList<>();
        for (MapChunk piece : chunks) {
            cells.add(piece.cell());
        }
        return cells;
    }

    private void open(MapChunk piece) {
        unsent(piece);
        List<MapChunk> parts = piece.shared();
        for (int i = parts.size() - 1; i >= 0 && options.ordered(); i--) {
            ordered.addFirst(parts.get(i));
        }
        opened = piece.results();
        base = piece.before();
        at = 0;
        pace.worked(piece.nanos(), opened.length);
    }

    MapOptions<?> options() {
        return options;
    }

    /** Returns how long a chunk may take before it hands back what it has not begun. Any thread. */
    long budget() {
        return pace.budget();
    }

    /** {@code false}: the map was stopped, send nothing more. */
    boolean sending(MapChunk piece) {
        piece.counted = true;
        unopened.incrementAndGet();
        underWay.add(piece);
        if (!stopped) {
            return true;
        }
        unsent(piece);
        return false;
    }

    /** The chunk is not under way: it was refused, or is opened. */
    void unsent(MapChunk piece) {
        if (piece.counted) {
            piece.counted = false;
            unopened.decrementAndGet();
        }
        try {
            underWay.remove(piece);
        } catch (OutOfMemoryError uncounted) {
            // it is removed: the set has only failed to count that
        }
    }

    boolean stopped() {
        return stopped;
    }

    void back(MapChunk piece) {
        if (!options.ordered()) {
            arrived.add(piece);
        }
        Waiter waiting = reader;
        if (waiting != null) {
            waiting.wake();
        }
    }

    /** Cancels what is under way and waits until no worker is at it. Always {@code false}: nothing more will come. */
    boolean stop() {
        stopped = true;
        for (int tries = 1; ; tries++) {
            try {
                cancelAll();
                break;
            } catch (OutOfMemoryError noMemory) {
                if (tries == STOP_TRIES) {
                    throw noMemory;
                }
                MemoryPause.rest();
            }
        }
        unopened.set(0);
        ordered.clear();
        arrived.clear();
        buffer.clear();
        at = opened.length;
        return false;
    }

    private void cancelAll() {
        for (MapChunk piece : underWay) {
            piece.cell().cancel(true);
        }
        for (MapChunk piece : underWay) {
            piece.cell().awaitVacant();
        }
        underWay.clear();
    }

    /** Cancels what is under way, as {@link #stop}, because the stream is closed. */
    void close() {
        stop();
        progress.end();
    }

    /**
     * Whatever goes wrong on the way, a failed element, an interrupt, a deadline, leaves nothing under way.
     *
     * @param step returns false where no more results will come
     */
    boolean closingOnFailure(BooleanSupplier step) {
        try {
            boolean more = step.getAsBoolean();
            if (!more) {
                progress.end();
            }
            return more;
        } catch (Throwable failure) {
            stop();
            progress.endAfter(failure);
            throw failure;
        }
    }
}
