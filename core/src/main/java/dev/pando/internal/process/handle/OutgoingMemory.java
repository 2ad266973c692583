package dev.pando.internal.process.handle;

import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.memory.Lender;
import java.io.IOException;
import java.util.function.Supplier;

/** Shared memory for packing a task: memory can be given before the worker is known, and none can arrive. */
public record OutgoingMemory(Supplier<Lender> memory) implements SharedMemory {
    @Override
    public MessageAttachments leaving() {
        return memory.get().leaving();
    }

    @Override
    public Object arriving(MemoryHandle handle) throws IOException {
        throw new IOException("shared memory, from nobody");
    }
}
