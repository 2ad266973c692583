package dev.pando.testkit;

import dev.pando.spi.Backend;

class HiredContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return new HiredBackend(count);
    }
}
