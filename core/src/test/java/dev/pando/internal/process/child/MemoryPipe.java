package dev.pando.internal.process.child;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;

/** A pipe in memory, which no interrupt disturbs, because none disturbs the pipes of a real worker. */
final class MemoryPipe {
    private final ArrayDeque<Byte> bytes = new ArrayDeque<>();
    private boolean over;

    final OutputStream in = new OutputStream() {
        @Override
        public void write(int one) {
            put((byte) one);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            put(java.util.Arrays.copyOfRange(from, offset, offset + length));
        }
    };

    final InputStream out = new InputStream() {
        @Override
        public int read() {
            boolean interrupted = false;
            synchronized (bytes) {
                while (bytes.isEmpty() && !over) {
                    try {
                        bytes.wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return bytes.isEmpty() ? -1 : bytes.remove() & 0xff;
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int one = read();
            into[offset] = (byte) one;
            return one < 0 ? -1 : 1;
        }
    };

    void put(byte... more) {
        synchronized (bytes) {
            for (byte one : more) {
                bytes.add(one);
            }
            bytes.notifyAll();
        }
    }

    void end() {
        synchronized (bytes) {
            over = true;
            bytes.notifyAll();
        }
    }

    boolean isEmpty() {
        synchronized (bytes) {
            return bytes.isEmpty();
        }
    }
}
