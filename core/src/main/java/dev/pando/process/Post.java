package dev.pando.process;

import dev.pando.process.wire.FrameWriter;
import dev.pando.process.wire.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;

/**
 * The way to one worker. Whoever has something to say writes it itself where that cannot block: a small frame, while what
 * the worker has not read yet is less than the smallest pipe there is. Everything else goes through a thread that comes
 * when there is a backlog and leaves when there is none. A worker that is gone is noticed by whoever reads its answers.
 */
final class Post {
    /** A pipe holds one page at least, however short the system is of them. */
    private static final int SURE = 4000;

    private final String name;
    private final OutputStream out;

    /** Guarded by this, as is all below. */
    private final ArrayDeque<byte[]> backlog = new ArrayDeque<>();

    private boolean writing;
    private boolean closed;

    /** In bytes, ever; and so much of that the worker has read for sure. */
    private long sent;

    private long read;

    Post(String name, OutputStream out) {
        this.name = name;
        this.out = out;
    }

    void send(Message.ToWorker message) {
        send(FrameWriter.frame(message));
    }

    /** @param frame a whole one, or several */
    void send(byte[] frame) {
        synchronized (this) {
            if (closed) return;
            sent += frame.length;
            if (!writing && sent - read <= SURE) {
                write(frame);
                return;
            }
            backlog.add(frame);
            if (writing) return;
            writing = true;
        }
        Thread.ofVirtual().name(name + "-writer").start(this::workOff);
    }

    /** How many bytes were sent so far. */
    synchronized long sent() {
        return sent;
    }

    /** How much may be sent ahead now, without a wait. None, until it is worth a write. */
    synchronized int room() {
        long room = SURE - (sent - read);
        return writing || room < SURE / 2 ? 0 : (int) room;
    }

    /** The worker has read so much of what was sent. */
    synchronized void read(long soFar) {
        read = Math.max(read, soFar);
    }

    private void workOff() {
        for (byte[] frame = next(); frame != null; frame = next()) write(frame);
    }

    private synchronized byte @org.jspecify.annotations.Nullable [] next() {
        byte[] frame = backlog.poll();
        if (frame == null) writing = false;
        return frame;
    }

    private void write(byte[] frame) {
        try {
            out.write(frame);
            out.flush();
        } catch (IOException gone) {
            close();
        }
    }

    /** To the worker this is the end of its commands. Must not be called while it may be blocked reading a large frame. */
    synchronized void close() {
        closed = true;
        backlog.clear();
        try {
            out.close();
        } catch (IOException gone) {
            // so is the worker
        }
    }
}
