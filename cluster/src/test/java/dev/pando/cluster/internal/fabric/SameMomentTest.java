package dev.pando.cluster.internal.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Members that start in one moment and look for each other at one address of this machine. */
@Timeout(60)
class SameMomentTest {
    private static final int MEMBERS = 4;

    private static final class Deaf implements NodeFabric.Listener {
        @Override
        public void members(List<FabricMember> now) {}

        @Override
        public void received(FabricMember from, byte[] message) {}
    }

    @RepeatedTest(3)
    void oneHasTheAddressAndTheOthersAnyPort() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        InetSocketAddress seed = new InetSocketAddress(here, FreePort.choose(here, List.of(), false));
        FabricOptions options = new FabricOptions(
                "member",
                new FabricOptions.Seeds(List.of(seed)),
                null,
                0,
                null,
                FabricOptions.JOIN_TIMEOUT,
                FabricOptions.SILENCE);
        CyclicBarrier start = new CyclicBarrier(MEMBERS);
        try (Pool pool = Pool.open(Threads.of(MEMBERS))) {
            List<TaskFuture<GroupsFabric>> joins = java.util.stream.IntStream.range(0, MEMBERS)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return GroupsFabric.join(options.named("member-" + i), true, new Deaf());
                    }))
                    .toList();
            try {
                assertThat(joins)
                        .allSatisfy(join -> assertThat(join.exception()).isNull());
                assertThat(FreePort.answers(seed)).isTrue();
            } finally {
                for (TaskFuture<GroupsFabric> join : joins) {
                    if (join.exception() == null) {
                        join.result().close();
                    }
                }
            }
        }
    }
}
