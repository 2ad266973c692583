package dev.pando.process;

import dev.pando.codec.Handle;
import dev.pando.codec.Shared;
import dev.pando.process.memory.Lender;
import java.io.IOException;
import java.util.function.Supplier;

/** Shared memory for packing a task: memory can be given before the worker is known, and none can arrive. */
record Outgoing(Supplier<Lender> memory) implements Shared {
    @Override
    public Leaving leaving() {
        return memory.get().leaving();
    }

    @Override
    public Object arriving(Handle handle) throws IOException {
        throw new IOException("shared memory, from nobody");
    }
}
