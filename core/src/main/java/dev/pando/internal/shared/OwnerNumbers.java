package dev.pando.internal.shared;

import dev.pando.internal.process.wire.LockPage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By which number the word of a lock names a worker: from when it is shown the first until it is dead. Guarded by the
 * lock of the table.
 */
final class OwnerNumbers {
    private final Map<Integer, OwnerBook> books = new HashMap<>();
    private int last;

    /** Gives the worker of this book a number, if it has none. Returns false if there is none left. */
    boolean enter(OwnerBook book) {
        if (book.number != 0) {
            return true;
        }
        if (books.size() >= LockPage.MOST_WORKERS) {
            return false;
        }
        do {
            last = last % LockPage.MOST_WORKERS + 1;
        } while (books.containsKey(last));
        books.put(last, book);
        book.number = last;
        return true;
    }

    /** Its worker is dead, and no word names it any more. */
    void leave(OwnerBook book) {
        books.remove(book.number);
    }

    /** Returns the owner that this word names. Returns {@code null} if its task has ended, or never was. */
    @Nullable
    CallOwner named(long word) {
        OwnerBook book = books.get(LockPage.worker(word));
        int run = book == null ? 0 : book.runOf(LockPage.run(word));
        return book == null || run == 0 ? null : book.owner(run, LockPage.thread(word));
    }
}
