package dev.pando.process;

import dev.pando.codec.Handle;
import dev.pando.codec.Shared;
import java.io.IOException;

/** Shared memory as whoever packs a task needs it: to give, before anybody knows to which worker. */
final class Outgoing implements Shared {
    @Override
    public Leaving leaving() {
        return Memory.lender().leaving();
    }

    @Override
    public Object arriving(Handle handle) throws IOException {
        throw new IOException("shared memory, from nobody");
    }
}
