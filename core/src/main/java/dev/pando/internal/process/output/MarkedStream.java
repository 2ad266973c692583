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
 *   FIRST SECOND  length + RECORD    |  as many bytes of a record that was logged; its last ones with LAST in addition
 * </pre>
 */
public final class MarkedStream extends OutputStream {
    static final byte FIRST = (byte) 0xff;
    static final byte SECOND = (byte) 0xfe;

    static final int MARK = 4;

    /** Added to the length of a piece of a record, and to that of its last piece. */
    static final int RECORD = 0x8000;

    static final int LAST = 0x4000;

    /** What Linux writes to a pipe at once. */
    private static final int AT_ONCE = 4096;

    /** Held while the pieces of a record are written, so that those of two threads do not mix. */
    private static final Object RECORD_LOCK = new Object();

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
            write(some, bytes, at, some);
            at += some;
            left -= some;
        }
    }

    /** Writes a record that was logged, of at least one byte, among what is printed. */
    public void writeRecord(byte[] record) throws IOException {
        synchronized (RECORD_LOCK) {
            for (int at = 0; at < record.length; ) {
                int some = Math.min(record.length - at, AT_ONCE - MARK);
                boolean last = at + some == record.length;
                write(some | RECORD | (last ? LAST : 0), record, at, some);
                at += some;
            }
        }
    }

    private void write(int mark, byte[] bytes, int from, int length) throws IOException {
        byte[] marked = new byte[MARK + length];
        marked[0] = FIRST;
        marked[1] = SECOND;
        marked[2] = (byte) (mark >> 8);
        marked[3] = (byte) mark;
        System.arraycopy(bytes, from, marked, MARK, length);
        out.write(marked);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
