package dev.pando.cluster;

import dev.pando.spi.Backend;
import dev.pando.testkit.PoolContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Two nodes on loopback keep the whole contract. */
@Tag("full")
@Tag("processes")
class TwoNodesContractTest extends PoolContract {
    private static final int SEED = NodeProcess.freePort();
    private static final List<NodeProcess> NODES = new ArrayList<>();

    @BeforeAll
    static void startNodes() {
        NODES.add(NodeProcess.ready(SEED, "alpha", "threads:64"));
        NODES.add(NodeProcess.ready(SEED, "beta", "threads:64"));
    }

    @AfterAll
    static void endNodes() {
        NODES.forEach(NodeProcess::close);
    }

    @Override
    public Backend workers(int count) {
        return Cluster.at("127.0.0.1:" + SEED)
                .joinTimeout(Duration.ofSeconds(30))
                .atMost(count);
    }

    @Override
    public boolean sharesMemory() {
        return false;
    }

    @Override
    public boolean canShare() {
        return false;
    }

    @Override
    public boolean canTell() {
        return true;
    }

    @Override
    public boolean canCall() {
        return true;
    }
}
