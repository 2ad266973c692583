package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The handles of the workers that are not buried. Written under the lock of the {@link SchedulerShell}, read by any
 * thread: each change makes a new array, so that a reader needs neither the lock nor memory.
 */
final class HandleTable implements Supplier<WorkerHandle[]> {
    private volatile WorkerHandle[] handles = {};

    /** Returns the handles as they are now, which the caller must not change. */
    @Override
    public WorkerHandle[] get() {
        return handles;
    }

    /** Returns the handle of this worker, null if it is buried. */
    @Nullable
    WorkerHandle find(int id) {
        for (WorkerHandle handle : handles) {
            if (handle.id == id) {
                return handle;
            }
        }
        return null;
    }

    /** Adds a handle, or throws and has changed nothing. */
    void add(WorkerHandle handle) {
        WorkerHandle[] before = handles;
        WorkerHandle[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = handle;
        handles = after;
    }

    /** Removes a handle if it is here, or throws and has changed nothing. */
    void remove(WorkerHandle handle) {
        WorkerHandle[] before = handles;
        int at = Arrays.asList(before).indexOf(handle);
        if (at < 0) {
            return;
        }
        WorkerHandle[] after = Arrays.copyOf(before, before.length - 1);
        System.arraycopy(before, at + 1, after, at, after.length - at);
        handles = after;
    }
}
