package dev.pando.internal.shared;

import dev.pando.internal.process.wire.WordPage;
import org.jspecify.annotations.Nullable;

/**
 * A construct that moves to memory which workers see as well, once they call it often. From then on a worker that was
 * shown the memory asks no more, or seldom. Guarded by the lock of the table.
 */
abstract class MovingState extends ConstructState {
    /**
     * After how many calls of workers it moves: some milliseconds' worth. A program that calls little is spared the
     * making of memory, and the warning of the JVM that goes with it.
     */
    static final int CALLS_IN_TABLE = 256;

    /** Where it is, once it has moved. */
    @Nullable
    WordMemory memory;

    private int calls;

    MovingState(SharedTable table, char kind) {
        super(table, kind);
    }

    /** A call was handled where it was before it moved. */
    final void count(SharedCall call) {
        if (call instanceof RemoteCall && ++calls == CALLS_IN_TABLE) {
            wantMemory(WordPage.BYTES);
        }
    }

    /** Has so much memory made, and moves there. */
    final void wantMemory(int bytes) {
        table.wantMemory(bytes, this::take);
    }

    /** Called by the thread that made the memory, without the lock. */
    private void take(WordMemory lent) {
        boolean taken = table.takeMemory(this, () -> {
            moveTo(lent);
            memory = lent;
        });
        if (!taken) {
            lent.giveBack();
        }
    }

    /** Called under the lock, so that no call comes between the last look at the table and the first at the memory. */
    abstract void moveTo(WordMemory lent);

    /** It is closed. */
    final void dropMemory() {
        WordMemory here = memory;
        if (here != null) {
            memory = null;
            table.dropMemory(here);
        }
    }
}
