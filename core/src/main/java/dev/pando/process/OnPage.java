package dev.pando.process;

import dev.pando.process.os.Page;
import dev.pando.process.wire.Words;
import java.lang.invoke.VarHandle;

/** The parent's view of a slate. */
record OnPage(Page page) implements Words {
    @Override
    public long get(int at) {
        VarHandle.fullFence(); // a call of the system is none by its contract
        return page.get(at);
    }

    @Override
    public void set(int at, long word) {
        page.set(at, word);
        VarHandle.fullFence();
    }
}
