package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.node.ClusterNode;
import dev.pando.cluster.internal.node.NodeLog;
import dev.pando.local.Threads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program finds its nodes by each way that there is; by address in most other tests. */
class DiscoveryTest {

    private static void runsOn(FabricOptions.Discovery where, int port, Cluster cluster) throws Exception {
        FabricOptions options =
                new FabricOptions("alpha", where, null, port, null, FabricOptions.JOIN_TIMEOUT, FabricOptions.SILENCE);
        try (ClusterNode _ = ClusterNode.join(options, Threads.of(1), 0, NodeLog.none());
                Pool pool = Pool.open(cluster.joinTimeout(Duration.ofSeconds(30)))) {
            var task = pool.submit(() -> 1);
            assertThat(task.result()).isEqualTo(1);
            assertThat(task.info().worker()).hasValue("alpha/1");
        }
    }

    /** As a headless service has one name for all of its pods. */
    @Test
    void aNameStandsForTheNodesAtItsAddresses() throws Exception {
        int port = NodeProcess.freePort();
        runsOn(
                new FabricOptions.Seeds(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))),
                port,
                Cluster.dns("localhost", port));
    }

    @Test
    void aGroupIsFoundInTheLocalNetwork() throws Exception {
        boolean could = NetworkInterface.networkInterfaces().anyMatch(DiscoveryTest::takesMulticast);
        assumeTrue(could, "this machine has a network device for multicast");
        int port = 30_000 + (int) (ProcessHandle.current().pid() % 2_000); // no other test JVM's
        InetSocketAddress group = new InetSocketAddress("239.7.4.7", port);
        runsOn(
                new FabricOptions.Multicast(group),
                0,
                Cluster.multicast("239.7.4.7:" + group.getPort()).insecure());
    }

    private static boolean takesMulticast(NetworkInterface device) {
        try {
            return device.isUp() && device.supportsMulticast();
        } catch (java.net.SocketException e) {
            return false;
        }
    }
}
