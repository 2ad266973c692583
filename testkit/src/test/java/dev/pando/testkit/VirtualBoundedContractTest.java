package dev.pando.testkit;

import dev.pando.local.Virtual;
import dev.pando.spi.Backend;
import org.junit.jupiter.api.Tag;

@Tag("quick")
class VirtualBoundedContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Virtual.atMost(count);
    }
}
