package dev.pando.cluster.internal.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Members that start in one moment and look for each other at one address of this machine. */
@Timeout(120)
class SameMomentTest {
    private static final int MEMBERS = 4;

    /** Waits for the others. */
    private static final class Lonely implements NodeFabric.Listener {
        private final CountDownLatch together = new CountDownLatch(1);

        @Override
        public void members(List<FabricMember> now) {
            if (now.size() == MEMBERS) {
                together.countDown();
            }
        }

        @Override
        public void received(FabricMember from, byte[] message) {}
    }

    @RepeatedTest(3)
    void oneHasTheAddressTheOthersAnyPortAndAllFindEachOther() throws Exception {
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
        List<Lonely> listeners = Stream.generate(Lonely::new).limit(MEMBERS).toList();
        CyclicBarrier start = new CyclicBarrier(MEMBERS);
        try (Pool pool = Pool.open(Threads.of(MEMBERS))) {
            List<TaskFuture<GroupsFabric>> joins = IntStream.range(0, MEMBERS)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return GroupsFabric.join(options.named("member-" + i), true, listeners.get(i));
                    }))
                    .toList();
            try {
                assertThat(joins)
                        .allSatisfy(join -> assertThat(join.exception()).isNull());
                assertThat(FreePort.answers(seed)).isTrue();
                for (Lonely listener : listeners) {
                    listener.together.await();
                }
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
