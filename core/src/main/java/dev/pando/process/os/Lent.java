package dev.pando.process.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Memory that a worker may have as well: it asks for it by the address, while this is open and the parent lives. It has no
 * name in any folder, so nothing of it is left, however either of them ends.
 */
public final class Lent implements AutoCloseable {
    private final FileChannel file;
    private final Arena arena;
    private final ByteBuffer memory;
    private final String address;

    Lent(FileChannel file, Arena arena, ByteBuffer memory, String address) {
        this.file = file;
        this.arena = arena;
        this.memory = memory;
        this.address = address;
    }

    public ByteBuffer memory() {
        return memory;
    }

    public String address() {
        return address;
    }

    /** The worker's own view stays. Whoever still reads here gets an {@link IllegalStateException}. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException gone) {
            // it had no name: nothing can be left of it
        }
        arena.close();
    }
}
