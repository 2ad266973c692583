package dev.pando.internal.shared;

import dev.pando.spi.Engine;

/** An engine whose workers are not in this program, and share constructs all the same. Optional. */
public interface SharingEngine extends Engine {

    /** Returns the constructs of the engine's pool. The first call makes the table. */
    SharedTable sharedTable();
}
