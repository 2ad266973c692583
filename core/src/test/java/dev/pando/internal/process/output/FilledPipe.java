package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;

/** A pipe that the test fills. The pipe knows when its reader waits, and can hold the reader with the first byte. */
final class FilledPipe extends InputStream {
    private final ArrayDeque<Byte> bytes = new ArrayDeque<>();
    private boolean over;
    private boolean broken;
    private boolean waits;
    private boolean hold;
    private boolean held;

    synchronized void print(String text) {
        print(text.getBytes(UTF_8));
    }

    synchronized void print(byte... more) {
        for (byte one : more) {
            bytes.add(one);
        }
        notifyAll();
    }

    synchronized void end() {
        over = true;
        notifyAll();
    }

    /** Waits until all bytes were read and the reader waits for more. */
    synchronized void awaitIdle() {
        while (!waits || !bytes.isEmpty()) {
            pause();
        }
    }

    /** From now on a reader that waits for a byte takes it from the pipe, and is stopped with it. */
    synchronized void hold() {
        awaitIdle();
        hold = true;
    }

    synchronized void awaitHeld() {
        while (!held) {
            pause();
        }
    }

    synchronized void release() {
        hold = false;
        notifyAll();
    }

    @Override
    public synchronized int available() throws IOException {
        if (broken) {
            throw new IOException("closed");
        }
        return bytes.size();
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) throws IOException {
        waits = bytes.isEmpty();
        notifyAll();
        while (bytes.isEmpty() && !over && !broken) {
            pause();
        }
        if (broken) {
            throw new IOException("closed");
        }
        int read = Math.min(length, bytes.size());
        for (int i = 0; i < read; i++) {
            into[from + i] = bytes.remove();
        }
        held = hold && read > 0;
        notifyAll();
        while (hold) {
            pause();
        }
        held = false;
        waits = false;
        return read == 0 ? -1 : read;
    }

    @Override
    public synchronized void close() {
        broken = true;
        notifyAll();
    }

    private void pause() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
