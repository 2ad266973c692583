package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.spi.Timer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one task says of its progress, on the way to its program: a hundred a second at most. What comes sooner replaces
 * what waits, and goes when it is due, or with the end of the task. Any thread may use it.
 */
final class ProgressNotes {
    private static final long EVERY_NANOS = 10_000_000;

    private final Timer timer;
    private final Consumer<NodeMessage> toProgram;

    @GuardedBy("this")
    private NodeMessage.@Nullable Progress waiting;

    /** Rings while the next note has to wait. */
    @GuardedBy("this")
    private Timer.@Nullable Alarm pause;

    @GuardedBy("this")
    private boolean ended;

    ProgressNotes(Timer timer, Consumer<NodeMessage> toProgram) {
        this.timer = timer;
        this.toProgram = toProgram;
    }

    /** Under the lock to the end, or else an older note could overtake it. */
    synchronized void tell(NodeMessage.Progress note) {
        if (ended) {
            return;
        }
        waiting = note;
        if (pause == null) {
            sendWaiting();
            try {
                pause = timer.after(EVERY_NANOS, this::pauseIsOver);
            } catch (RejectedExecutionException leaving) { // the node, and this task outlives it
                ended = true;
            }
        }
    }

    private synchronized void pauseIsOver() {
        pause = null;
        NodeMessage.Progress note = waiting;
        if (note != null && !ended) {
            tell(note);
        }
    }

    /** The task has ended: what waits is sent before its answer. */
    synchronized void end() {
        ended = true;
        sendWaiting();
        if (pause != null) {
            pause.cancel();
        }
    }

    @GuardedBy("this")
    private void sendWaiting() {
        if (waiting != null) {
            toProgram.accept(waiting);
            waiting = null;
        }
    }
}
