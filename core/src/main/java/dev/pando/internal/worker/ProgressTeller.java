package dev.pando.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what tasks of this worker say of their progress, at most a hundred times a second: what comes sooner replaces
 * what waits, and a thread sends that when it is due. The end of the run sends it as well, so that the last always
 * arrives.
 */
final class ProgressTeller {
    private static final long EVERY_MILLIS = 10;

    private final Consumer<Note> sender;

    @GuardedBy("this")
    private @Nullable Note waiting;

    @GuardedBy("this")
    private long sentAt;

    @GuardedBy("this")
    private boolean everSent;

    @GuardedBy("this")
    private boolean flushes;

    /** Held while a note is sent, so that an older one cannot overtake it. Taken before the other lock. */
    private final Object sending = new Object();

    /** What a run has said. */
    record Note(int run, double fraction, String text) {}

    ProgressTeller(Consumer<Note> sender) {
        this.sender = sender;
    }

    void tell(Note note) {
        synchronized (this) {
            waiting = note;
            if (everSent && System.nanoTime() - sentAt < EVERY_MILLIS * 1_000_000) {
                if (!flushes) {
                    flushes = true;
                    Thread flusher = new Thread(null, this::flushLater, "pando-progress", 0, false);
                    flusher.setDaemon(true);
                    flusher.start();
                }
                return;
            }
        }
        flush();
    }

    private void flushLater() {
        LockSupport.parkNanos(this, EVERY_MILLIS * 1_000_000); // or less: then it is sent early
        synchronized (this) {
            flushes = false;
        }
        flush();
    }

    /** Sends what waits. */
    void flush() {
        synchronized (sending) {
            Note note;
            synchronized (this) {
                note = waiting;
                waiting = null;
                if (note != null) {
                    sentAt = System.nanoTime();
                    everSent = true;
                }
            }
            if (note != null) {
                sender.accept(note);
            }
        }
    }
}
