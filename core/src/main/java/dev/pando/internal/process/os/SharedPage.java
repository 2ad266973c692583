package dev.pando.internal.process.os;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A little memory that a worker may have as well: it asks for it by the address, while this is open and the parent
 * lives.
 *
 * <p>The parent reads and writes it as a file: it seldom looks, and of a file that a worker has cut off it is told by
 * an exception. In mapped memory that is an error which comes when the JVM finds the time, or the end of the JVM. Nor
 * by a channel: one is closed for good when the thread that uses it is interrupted, and these are users' threads.
 */
public final class SharedPage implements AutoCloseable {
    private final SharedFile file;

    /** Read and written under the lock, since a position belongs to it; closed by any thread. */
    private final RandomAccessFile memory;

    @GuardedBy("this")
    private final ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());

    private SharedPage(SharedFile file) throws IOException {
        this.file = file;
        this.memory = new RandomAccessFile(file.where(), "rw");
    }

    /** {@code null}: none is to be had. */
    public static @Nullable SharedPage lend(OperatingSystem os, int bytes) {
        SharedFile file = null;
        try {
            file = os.memory(bytes);
            return new SharedPage(file);
        } catch (IOException | UnsupportedOperationException none) { // no descriptor, no room, no file system that can
            close(file);
            return null;
        }
    }

    /** The word at this place. An {@link UncheckedIOException}: it has been cut off, or closed. */
    public synchronized long get(int at) {
        try {
            memory.seek(at);
            memory.readFully(word.array());
            return word.getLong(0);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /**
     * Writes the word at this place. An {@link UncheckedIOException}: it has been closed, or there is no room any more.
     */
    public synchronized void set(int at, long value) {
        try {
            word.putLong(0, value);
            memory.seek(at);
            memory.write(word.array());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    public String address() {
        return file.where() + "\n" + file.name();
    }

    /** Returns whether the process that lends it lives, and has not closed it. */
    public static boolean isLent(String address) {
        return new File(address.substring(0, address.indexOf('\n'))).exists();
    }

    /** The other side. The first time costs milliseconds. */
    public static ByteBuffer borrow(String address, int bytes) throws IOException {
        int end = address.indexOf('\n');
        try (FileChannel channel = SharedFile.open(address.substring(0, end), address.substring(end + 1), false)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
    }

    /** The worker's own view stays. */
    @Override
    public void close() {
        close(file);
        try {
            memory.close();
        } catch (IOException gone) {
            // it had no name: nothing can be left of it
        }
    }

    private static void close(@Nullable SharedFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException gone) {
            // as above
        }
    }
}
