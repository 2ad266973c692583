package dev.pando.internal.task;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.TaskInfo;
import dev.pando.TaskProgress;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of few tasks only: what an attempt cost, and how far the task says that it is. Made when there is
 * something to note, so that all other tasks have no room for it.
 */
final class TaskNotes {
    /** Written by the worker, or by the thread that brings its news. */
    private volatile TaskInfo.@Nullable Bill bill;

    private volatile @Nullable TaskProgress progress;

    @GuardedBy("this")
    private List<Consumer<? super TaskProgress>> listeners = List.of();

    TaskInfo.@Nullable Bill bill() {
        return bill;
    }

    void bill(TaskInfo.@Nullable Bill bill) {
        this.bill = bill;
    }

    @Nullable
    TaskProgress progress() {
        return progress;
    }

    /** Adds a listener, which is told of the last progress at once, so that it cannot miss that. */
    void add(Consumer<? super TaskProgress> listener) {
        TaskProgress last;
        synchronized (this) {
            List<Consumer<? super TaskProgress>> more = new ArrayList<>(listeners);
            more.add(listener);
            listeners = more;
            last = progress;
        }
        if (last != null) {
            tell(listener, last);
        }
    }

    void tell(TaskProgress now) {
        List<Consumer<? super TaskProgress>> all;
        synchronized (this) {
            progress = now;
            all = listeners;
        }
        for (Consumer<? super TaskProgress> listener : all) {
            tell(listener, now);
        }
    }

    private static void tell(Consumer<? super TaskProgress> listener, TaskProgress now) {
        try {
            listener.accept(now);
        } catch (Throwable t) {
            FaultLog.tell(FaultKind.CALLBACK, now, t);
        }
    }
}
