package dev.pando.testkit;

import dev.pando.loop.Loop;
import dev.pando.spi.Backend;

class LoopContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Loop.create();
    }

    @Override
    public boolean isBounded() {
        return false;
    }
}
