package dev.pando.internal.shared;

import dev.pando.internal.process.wire.CountPage;

/** Memory that the program lends for one counter. */
public interface CounterMemory {

    /** Returns the memory. It is the program's to use until {@link #giveBack}. */
    CountPage page();

    /** The counter needs it no longer. Called once, without the lock of the table. */
    void giveBack();
}
