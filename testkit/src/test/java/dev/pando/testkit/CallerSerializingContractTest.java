package dev.pando.testkit;

import dev.pando.local.Caller;
import dev.pando.spi.Backend;

class CallerSerializingContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Caller.serializing();
    }

    @Override
    public boolean runsElsewhere() {
        return false;
    }

    @Override
    public boolean isBounded() {
        return false;
    }

    @Override
    public boolean sharesMemory() {
        return false;
    }
}
