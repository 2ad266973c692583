package dev.pando.internal.process.output;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reading end of the pipe that a worker prints to, its descriptor 2. {@code Process.getErrorStream()} is that too,
 * but one whose {@code available()} waits for the reading thread until the worker prints something. Linux lets
 * us open the pipe a second time: that end has no such lock, and closing it wakes the reading thread.
 */
public final class StderrPipe {
    private StderrPipe() {}

    /** To be called when the process was just started and its error stream not read; the caller owns the result. */
    public static InputStream of(Process process) {
        InputStream given = process.getErrorStream();
        try {
            Path path = Path.of("/proc", Long.toString(process.pid()), "fd", "2");
            if (!Files.readSymbolicLink(path).toString().startsWith("pipe:")) {
                return new Gated(given);
            }
            Reopened again = new Reopened(path);
            synchronized (given) { // the JDK locks it before it takes away what is unread of a process that has ended
                if (process.isAlive()) { // otherwise the number may be another's by now
                    given.close(); // or it would take that away when the process ends
                    return again;
                }
            }
            again.close();
        } catch (IOException | UnsupportedOperationException e) {
            // no Linux, no /proc, or the process is gone
        }
        return new Gated(given);
    }

    /**
     * One file, asked through a stream how much there is, read through a channel, which can be closed while it waits.
     */
    private static final class Reopened extends InputStream {
        private final FileInputStream file;
        private final FileChannel channel;

        Reopened(Path path) throws IOException {
            file = new FileInputStream(path.toFile());
            channel = file.getChannel();
        }

        @Override
        public int available() throws IOException {
            return file.available();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(into, from, length));
        }

        @Override
        public void close() throws IOException {
            channel.close();
            file.close();
        }
    }

    /**
     * Nothing is available while a thread reads: mostly true, because a reading thread waits. What has just come is not
     * counted, so what a task prints last may be told of the next.
     */
    static final class Gated extends InputStream {
        private final InputStream in;
        private final ReentrantLock gate = new ReentrantLock();

        Gated(InputStream in) {
            this.in = in;
        }

        @Override
        public int available() throws IOException {
            if (!gate.tryLock()) {
                return 0;
            }
            try {
                return in.available();
            } finally {
                gate.unlock();
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            gate.lock();
            try {
                return in.read(into, from, length);
            } finally {
                gate.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
