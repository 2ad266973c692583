package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NodeInfo;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import dev.pando.testkit.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tool sees of the nodes of a cluster. */
@Timeout(60)
class NodeViewTest {

    @Test
    void aNodeIsSeenWithItsSlotsLoadVersionAndAge() throws Exception {
        try (Pool pool = Pool.with(Cluster.local(Threads.of(2))).named("seen").open();
                Gate gate = new Gate()) {
            Gate.Handle handle = gate.handle();
            TaskFuture<Integer> held = pool.submit(() -> handle.pass(1));
            gate.awaitArrivals(1);
            while (pool.view().nodes(10).getFirst().running().isEmpty()) {
                Thread.onSpinWait(); // a node that is slow to answer is seen without its load
            }
            assertThat(pool.view().nodes(10)).singleElement().satisfies(node -> {
                assertThat(held.info().worker().orElseThrow()).startsWith(node.name() + "/");
                assertThat(node.state()).isEqualTo(NodeInfo.State.OPEN);
                assertThat(node.workers()).isEqualTo("Threads.of(2)");
                assertThat(node.slots()).isEqualTo(2);
                assertThat(node.tasks()).isEqualTo(1);
                assertThat(node.running()).hasValue(1);
                assertThat(node.waiting()).hasValue(0);
                assertThat(node.version().orElseThrow()).endsWith(" on Java 25");
                assertThat(node.age().orElseThrow()).isPositive().isLessThan(Duration.ofHours(1));
            });
            assertThat(pool.view().nodes(0)).isEmpty();
            assertThatThrownBy(() -> pool.view().nodes(-1)).isInstanceOf(IllegalArgumentException.class);
            gate.open();
            assertThat(held.result()).isEqualTo(1);
        }
        try (Pool threads = Pool.open(Threads.of(1))) {
            assertThat(threads.view().nodes(10)).isEmpty();
        }
    }
}
