package dev.pando.internal.tool;

import dev.pando.PoolView;

/** A service of another artifact of Pando's, which is told of each pool that opens. */
public interface PoolTool {

    /** Returns the property that turns it on: {@code pando.dashboard}. */
    String property();

    /** Looks at a pool that has just been opened. Any thread calls it, many at once too. */
    void opened(PoolView view);
}
