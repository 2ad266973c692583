package dev.pando.dashboard.internal;

import dev.pando.Pool;
import dev.pando.PoolView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The pools of a dashboard, each under a number that no later pool gets, and what was recorded of all of them. */
public final class RecorderList {
    final BarRing bars;
    final IncidentLog incidents = new IncidentLog();
    private final List<PoolRecorder> recorders = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** @param history how many bars all of them keep together */
    RecorderList(int history) {
        bars = new BarRing(history);
    }

    public static RecorderList of(List<Pool> pools, int history) {
        RecorderList list = new RecorderList(history);
        pools.forEach(pool -> list.add(pool.view()));
        return list;
    }

    void add(PoolView view) {
        recorders.add(new PoolRecorder(next.getAndIncrement(), view, bars, incidents));
    }

    /** Returns them, the oldest first. */
    List<PoolRecorder> all() {
        return recorders;
    }

    /** Returns the recorder of this number, or {@code null}. */
    @Nullable
    PoolRecorder numbered(int number) {
        for (PoolRecorder recorder : recorders) {
            if (recorder.number == number) {
                return recorder;
            }
        }
        return null;
    }

    /** Leaves so many of the pools that are closed, the youngest. */
    void forgetClosed(int most) {
        List<PoolRecorder> closed = new ArrayList<>();
        for (PoolRecorder recorder : recorders) {
            if (recorder.view.stats().state().equals("closed")) {
                closed.add(recorder);
            }
        }
        for (PoolRecorder recorder : closed.subList(0, Math.max(0, closed.size() - most))) {
            recorder.close();
            recorders.remove(recorder);
        }
    }

    public void close() {
        recorders.forEach(PoolRecorder::close);
    }
}
