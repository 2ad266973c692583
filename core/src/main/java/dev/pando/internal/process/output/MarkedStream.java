package dev.pando.internal.process.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard error of a worker, in front of the one pipe that a worker prints to: each write has a mark before it, so
 * that the parent can tell the two streams apart although their lines keep their order. A mark is no text in UTF-8. A
 * write with its mark fits the pipe at once, so that no other output comes between.
 *
 * <pre>
 *   FIRST SECOND  length, two bytes  |  as many bytes of standard error
 *   FIRST SECOND  0                     from here on the program prints, and not its JVM
 * </pre>
 */
public final class MarkedStream extends OutputStream {
    static final byte FIRST = (byte) 0xff;
    static final byte SECOND = (byte) 0xfe;

    static final int MARK = 4;

    /** What Linux writes to a pipe at once. */
    private static final int AT_ONCE = 4096;

    private final OutputStream out;

    public MarkedStream() {
        this(new FileOutputStream(FileDescriptor.err));
    }

    MarkedStream(OutputStream out) {
        this.out = out;
    }

    /** Notes among what is printed that the worker's JVM has started, and what it runs begins. */
    public static void noteBeginning() {
        try {
            new FileOutputStream(FileDescriptor.err).write(new byte[] {FIRST, SECOND, 0, 0});
        } catch (IOException closed) {
            // what is printed is read by nothing
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int at = from, left = length; left > 0; ) {
            int some = Math.min(left, AT_ONCE - MARK);
            byte[] marked = new byte[MARK + some];
            marked[0] = FIRST;
            marked[1] = SECOND;
            marked[2] = (byte) (some >> 8);
            marked[3] = (byte) some;
            System.arraycopy(bytes, at, marked, MARK, some);
            out.write(marked);
            at += some;
            left -= some;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
