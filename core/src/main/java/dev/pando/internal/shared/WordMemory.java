package dev.pando.internal.shared;

import java.nio.ByteBuffer;

/** Memory that the program lends for one counter, lock or queue. */
public interface WordMemory {

    /** Returns the memory, zeros at first. It is the program's to use until {@link #giveBack}. */
    ByteBuffer bytes();

    /** It is needed no longer. Called once, without the lock of the table. */
    void giveBack();
}
