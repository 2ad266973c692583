package dev.pando.internal.shared;

/**
 * From where a call comes.
 *
 * @param book what its worker has of the pool's constructs
 * @param run the task; 0 for a thread that runs none
 * @param thread the thread
 * @param task what the task is called
 */
public record CallOwner(OwnerBook book, int run, long thread, String task) {

    /** Returns whether the other call comes from the same thread of the same worker. */
    boolean isSameThread(CallOwner other) {
        return book == other.book && thread == other.thread;
    }

    @Override
    public String toString() {
        return book.worker().isEmpty() ? task : task + " (on worker " + book.worker() + ")";
    }
}
