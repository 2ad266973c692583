package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.internal.util.HelperThreads;
import dev.pando.internal.util.MemoryPause;
import dev.pando.internal.util.Uninterruptibly;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way to one worker. A sender writes the frame itself if that cannot block: a small frame, while
 * what the worker has not read yet is less than the smallest pipe there is. Everything else goes through a thread that
 * comes when there is a backlog and leaves when there is none. A worker that is gone is noticed by the reader of its
 * answers.
 */
final class FrameOutbox {
    /**
     * What any pipe holds: a page of the kernel's at least, however short the system is of them, and some bytes to
     * spare.
     */
    private static final int SMALLEST_PIPE = 4000;

    private final Executor writer;
    private final Runnable whenClosed;
    private final OutputStream out;

    /** The oldest frame that is not written, and through it the others: to add one needs no memory but its own. */
    @GuardedBy("this")
    private @Nullable UnsentFrame first;

    @GuardedBy("this")
    private @Nullable UnsentFrame last;

    /** A frame that waits for the writer's thread. */
    private static final class UnsentFrame {
        final byte[] bytes;

        @Nullable
        UnsentFrame next;

        UnsentFrame(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** How many frames of the backlog answer questions of the worker. */
    @GuardedBy("this")
    private int unreadAnswers;

    /** The bytes of those. */
    @GuardedBy("this")
    private long unreadBytes;

    /** How many frames of the backlog are replies to calls. */
    @GuardedBy("this")
    private int unreadReplies;

    /** The bytes of the whole backlog. */
    @GuardedBy("this")
    private long unwritten;

    @GuardedBy("this")
    private boolean writing;

    @GuardedBy("this")
    private boolean closed;

    /** The last frame is sent: the channel is closed behind it. */
    @GuardedBy("this")
    private boolean ending;

    /** Bytes sent since the worker was started. */
    @GuardedBy("this")
    private long sent;

    /** Bytes that the worker has read for sure. */
    @GuardedBy("this")
    private long read;

    FrameOutbox(ThreadFactory threads, OutputStream out) {
        HelperThreads writer = new HelperThreads(threads);
        this(
                out,
                writer,
                new Runnable() { // not a lambda: it would delay a program's first result
                    @Override
                    public void run() {
                        writer.close();
                    }
                });
    }

    /**
     * @param writer runs each task on a thread of its own
     * @param whenClosed lets the writer's thread end
     */
    FrameOutbox(OutputStream out, Executor writer, Runnable whenClosed) {
        this.writer = writer;
        this.whenClosed = whenClosed;
        this.out = out;
    }

    void send(Message.ToWorker message) {
        send(FrameWriter.frame(message));
    }

    /** Sends the reply to a call. Returns how many bytes were sent, the reply included. */
    synchronized long send(CallMessage.Reply reply) {
        send(FrameWriter.frame(reply));
        return sent;
    }

    /**
     * Called before a call of the worker is made. A worker that works as it should has no more calls open than it may,
     * those included whose reply it has not read. Waits while more than so many bytes are not written, because the
     * worker does not read: until it reads, or is killed. The caller is the thread that reads what this worker says,
     * which holds up no other worker.
     */
    void checkCall(long most) throws BadFrameException {
        checkReplies();
        if (isBehind(most)) {
            Uninterruptibly.await(() -> awaitAtMost(most));
        }
    }

    private synchronized void checkReplies() throws BadFrameException {
        if (unreadReplies >= MessageLimits.OPEN_CALLS) {
            throw BadFrameException.tooMany("a call, while it has not read " + unreadReplies + " replies");
        }
    }

    private synchronized boolean isBehind(long most) {
        return !closed && unwritten > most;
    }

    private synchronized void awaitAtMost(long most) throws InterruptedException {
        while (isBehind(most)) {
            wait();
        }
    }

    /**
     * Sends a frame, or throws: then none of it is sent, or the channel is closed.
     *
     * @param frame a whole one, or several
     */
    void send(byte[] frame) {
        synchronized (this) {
            if (closed || ending) {
                return;
            }
            if (!writing && sent + frame.length - read <= SMALLEST_PIPE) {
                sent += frame.length;
                write(frame);
                return;
            }
            UnsentFrame added = new UnsentFrame(frame);
            sent += frame.length;
            if (last == null) {
                first = added;
            } else {
                last.next = added;
            }
            last = added;
            count(frame, 1);
            if (writing) {
                return;
            }
            writing = true;
        }
        try {
            writer.execute(this::workOff);
        } catch (Throwable noThread) {
            close(); // the worker ends, so that what it was not sent goes to another worker
            throw noThread;
        }
    }

    /**
     * Sends the last message. The channel is closed once all is written, and not before: a worker whose commands end
     * without that message takes its parent to be dead, and ends without its shutdown hooks. The call does not wait.
     */
    void sendLast(Message.ToWorker message) {
        send(message);
        synchronized (this) {
            ending = true;
            if (!writing) {
                close();
            }
        }
    }

    @GuardedBy("this")
    private void count(byte[] frame, int sign) {
        unwritten += (long) sign * frame.length;
        if (FrameWriter.isReply(frame)) {
            unreadReplies += sign;
        }
        notifyAll();
        if (FrameWriter.isAnswer(frame)) {
            unreadAnswers += sign;
            unreadBytes += (long) sign * frame.length;
        }
    }

    /**
     * Called before a question of the worker is answered. A worker that asks on and on without reading the answers is
     * not answered, because they would fill the heap; one that works as it should waits for answers before it asks on.
     */
    synchronized void checkQuestion() throws BadFrameException {
        if (unreadAnswers >= MessageLimits.UNREAD_ANSWERS || unreadBytes >= MessageLimits.UNREAD_BYTES) {
            throw BadFrameException.tooMany("a question, while it has not read " + unreadAnswers + " answers of "
                    + (unreadBytes >> 10) + " KiB");
        }
    }

    /** Returns how many bytes were sent so far. */
    synchronized long sentBytes() {
        return sent;
    }

    /** Returns how many bytes may be sent ahead now, without a wait; 0 until that is worth a write. */
    synchronized int room() {
        long room = SMALLEST_PIPE - (sent - read);
        return writing || room < SMALLEST_PIPE / 2 ? 0 : (int) room;
    }

    /** The worker has read this many of the bytes sent. */
    synchronized void confirmRead(long soFar) {
        read = Math.max(read, soFar);
    }

    private void workOff() {
        for (byte[] frame = next(); frame != null; frame = next()) {
            write(frame);
        }
    }

    private synchronized byte @Nullable [] next() {
        UnsentFrame frame = first;
        if (frame == null) {
            writing = false;
            if (ending) {
                close();
            }
            return null;
        }
        first = frame.next;
        if (first == null) {
            last = null;
        }
        count(frame.bytes, -1);
        return frame.bytes;
    }

    private void write(byte[] frame) {
        try {
            out.write(frame);
            out.flush();
        } catch (IOException gone) {
            close();
        } catch (OutOfMemoryError noMemory) {
            close(); // how much of the frame is written is not known
            throw noMemory;
        }
    }

    /** To the worker this is the end of its commands. What is not written is dropped. */
    synchronized void close() {
        closed = true;
        first = null;
        last = null;
        unreadAnswers = 0;
        unreadBytes = 0;
        unreadReplies = 0;
        unwritten = 0;
        notifyAll();
        try {
            whenClosed.run();
        } catch (OutOfMemoryError noMemory) {
            // the thread ends by itself, after a second without work
        }
        while (true) {
            try {
                out.close();
                return;
            } catch (IOException gone) {
                return; // the worker is gone as well
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest(); // or else the worker would not learn of it
            }
        }
    }
}
