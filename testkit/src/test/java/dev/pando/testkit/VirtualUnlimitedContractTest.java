package dev.pando.testkit;

import dev.pando.local.Virtual;
import dev.pando.spi.Backend;

class VirtualUnlimitedContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Virtual.unlimited();
    }

    @Override
    public boolean isBounded() {
        return false;
    }
}
