package dev.pando.internal.process.os;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory as a file.
 *
 * @param channel by which this process has it
 * @param where the path by which another process opens it
 * @param name what that path leads to: another name, when {@code where} is a link of the system's
 */
public record SharedFile(FileChannel channel, String where, String name) implements Closeable {
    private static final int CHUNK = 1 << 20;

    /** The other side: opens what was made there, unless it is gone and something else is in its place. */
    public static FileChannel open(String where, String name, boolean readOnly) throws IOException {
        Path path = Path.of(where);
        if (!where.equals(name) && !Files.readSymbolicLink(path).toString().equals(name)) {
            throw new IOException(where + " is no longer " + name);
        }
        return readOnly
                ? FileChannel.open(path, StandardOpenOption.READ)
                : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Whether no process can cut off the memory that has this name. */
    public static boolean isSealed(String name) {
        return name.startsWith(SealedFile.LINK);
    }

    /** Whether no process can cut it off. */
    public boolean isSealed() {
        return isSealed(name);
    }

    /** A file that has lost its name, or never had one. The channel is closed if its descriptor cannot be found. */
    static SharedFile nameless(FileChannel channel, String link) throws IOException {
        try {
            String where = "/proc/" + ProcessHandle.current().pid() + "/fd/" + DescriptorSearch.find(link);
            return new SharedFile(channel, where, link);
        } catch (Throwable t) {
            channel.close();
            throw t;
        }
    }

    /** Takes the room, by writing zeros into all of it. */
    static void reserve(FileChannel channel, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(bytes, CHUNK));
        for (long at = 0; at < bytes; at += zeros.position()) {
            zeros.clear().limit((int) Math.min(CHUNK, bytes - at));
            while (zeros.hasRemaining()) {
                channel.write(zeros, at + zeros.position());
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (where.equals(name)) {
            new File(name).delete();
        }
    }
}
