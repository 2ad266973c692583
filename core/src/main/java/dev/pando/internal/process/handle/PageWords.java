package dev.pando.internal.process.handle;

import dev.pando.internal.process.os.SharedPage;
import dev.pando.internal.process.wire.SharedWords;
import java.lang.invoke.VarHandle;

/** The parent's view of a progress page. */
record PageWords(SharedPage sharedPage) implements SharedWords {
    @Override
    public long get(int at) {
        VarHandle.fullFence(); // a call of the system is none by its contract
        return sharedPage.get(at);
    }

    @Override
    public void set(int at, long word) {
        sharedPage.set(at, word);
        VarHandle.fullFence();
    }
}
