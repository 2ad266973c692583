package dev.pando.internal.scarcity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A pipe as the kernel has them: of 64 KiB, and no interrupt disturbs it. */
final class BytePipe {
    private final byte[] bytes = new byte[1 << 16];
    private int first;
    private int count;
    private boolean isWriterGone;
    private boolean isReaderGone;

    final OutputStream in = new OutputStream() {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            for (int i = 0; i < length; i++) {
                put(from[offset + i]);
            }
        }

        @Override
        public void close() {
            endWriting();
        }
    };

    final InputStream out = new InputStream() {
        @Override
        public int read() {
            byte[] one = new byte[1];
            return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return take(into, offset, length);
        }

        @Override
        public int available() {
            return there();
        }

        @Override
        public void close() {
            endReading();
        }
    };

    private synchronized void put(byte one) throws IOException {
        await(true);
        if (isReaderGone || isWriterGone) {
            throw new IOException("Broken pipe");
        }
        bytes[(first + count++) % bytes.length] = one;
        notifyAll();
    }

    private synchronized int take(byte[] into, int offset, int length) {
        await(false);
        if (count == 0) {
            return -1;
        }
        int taken = Math.min(length, count);
        for (int i = 0; i < taken; i++) {
            into[offset + i] = bytes[(first + i) % bytes.length];
        }
        first = (first + taken) % bytes.length;
        count -= taken;
        notifyAll();
        return taken;
    }

    private synchronized int there() {
        return count;
    }

    /** Waits for room, or else for bytes, or until one side is gone. */
    private void await(boolean forRoom) {
        boolean interrupted = false;
        while ((forRoom ? count == bytes.length : count == 0) && !isWriterGone && !isReaderGone) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void endWriting() {
        isWriterGone = true;
        notifyAll();
    }

    synchronized void endReading() {
        isReaderGone = true;
        notifyAll();
    }
}
