package dev.pando.testkit;

import dev.pando.local.Caller;
import dev.pando.spi.Backend;

class CallerInlineContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Caller.inline();
    }

    @Override
    public boolean runsElsewhere() {
        return false;
    }

    @Override
    public boolean isBounded() {
        return false;
    }
}
