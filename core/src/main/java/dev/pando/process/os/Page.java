package dev.pando.process.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A little memory that a worker may have as well: it asks for it by the address, while this is open and the parent lives. */
public final class Page implements AutoCloseable {
    private final SharedFile file;
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer memory;

    private Page(SharedFile file, int bytes) throws IOException {
        this.file = file;
        memory = file.channel().map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena).asByteBuffer();
    }

    /** {@code null}: none is to be had. */
    public static @Nullable Page lend(Os os, int bytes) {
        SharedFile file = null;
        try {
            file = os.memory(bytes);
            return new Page(file, bytes);
        } catch (IOException | UnsupportedOperationException none) { // no descriptor, no room, no file system that can
            close(file);
            return null;
        }
    }

    public ByteBuffer memory() {
        return memory;
    }

    public String address() {
        return file.where() + "\n" + file.name();
    }

    /** The other side. The first time costs milliseconds. */
    public static ByteBuffer borrow(String address, int bytes) throws IOException {
        int end = address.indexOf('\n');
        try (FileChannel channel = SharedFile.open(address.substring(0, end), address.substring(end + 1), false)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
    }

    /** The worker's own view stays. Whoever still reads here gets an {@link IllegalStateException}. */
    @Override
    public void close() {
        close(file);
        arena.close();
    }

    private static void close(@Nullable SharedFile file) {
        try {
            if (file != null) file.close();
        } catch (IOException gone) {
            // it had no name: nothing can be left of it
        }
    }
}
