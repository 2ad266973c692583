package dev.pando.cluster.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.cluster.internal.fabric.FabricException;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.GroupsFabric;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.link.VersionStamp;
import dev.pando.cluster.internal.program.ClusterEngine;
import dev.pando.cluster.internal.program.ClusterSettings;
import dev.pando.cluster.internal.wire.BadLetterException;
import dev.pando.cluster.internal.wire.LetterBundle;
import dev.pando.cluster.internal.wire.LetterReader;
import dev.pando.cluster.internal.wire.LetterWriter;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.local.Threads;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node leaves when its programs have read its last answers, and does not wait for ever. */
@Timeout(60)
class NodeFarewellTest {
    private final FabricOptions options = new FabricOptions(
            "alpha",
            new FabricOptions.Inside("farewell-" + UUID.randomUUID()),
            null,
            0,
            null,
            FabricOptions.JOIN_TIMEOUT,
            FabricOptions.SILENCE);

    /** Holds what a node answers until the test lets it go; what is held when the node leaves is never read. */
    private static final class SlowFabric implements NodeFabric {
        private final NodeFabric fabric;
        private final List<Runnable> held = new ArrayList<>();
        private final CountDownLatch holds = new CountDownLatch(1);
        private boolean open;

        private SlowFabric(NodeFabric fabric) {
            this.fabric = fabric;
        }

        @Override
        public void send(FabricMember to, byte[] message) throws FabricException {
            synchronized (this) {
                if (!open && isAnswer(message)) {
                    held.add(() -> sendNow(to, message));
                    holds.countDown();
                    return;
                }
            }
            fabric.send(to, message);
        }

        private static boolean isAnswer(byte[] message) {
            try {
                for (byte[] letter : LetterBundle.unpack(message)) {
                    if (LetterReader.read(letter).message() instanceof NodeMessage.Answer) {
                        return true;
                    }
                }
                return false;
            } catch (BadLetterException e) {
                throw new AssertionError(e);
            }
        }

        private void sendNow(FabricMember to, byte[] message) {
            try {
                fabric.send(to, message);
            } catch (FabricException left) {
                // the answer comes too late
            }
        }

        synchronized void open() {
            open = true;
            held.forEach(Runnable::run);
            held.clear();
        }

        @Override
        public FabricMember self() {
            return fabric.self();
        }

        @Override
        public String listensAt() {
            return fabric.listensAt();
        }

        @Override
        public String tried() {
            return fabric.tried();
        }

        @Override
        public void close() {
            fabric.close();
        }
    }

    /** Ends a node on a thread of its own, as a signal does. */
    private static final class NodeEnding {
        private final CompletableFuture<Boolean> finished = new CompletableFuture<>();
        private final Thread thread;

        private NodeEnding(ClusterNode node, Duration grace) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    boolean done = node.drain(grace);
                    node.close();
                    finished.complete(done);
                } catch (Throwable t) { // the test fails by it
                    finished.completeExceptionally(t);
                }
            });
        }

        /** Returns when the node waits for something, or has left. */
        void awaitRest() {
            while (thread.getState() != Thread.State.TIMED_WAITING && !finished.isDone()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anAnswerThatIsReadLateIsNotLostWhenItsNodeLeaves() throws Exception {
        CompletableFuture<SlowFabric> way = new CompletableFuture<>();
        ClusterNode node = ClusterNode.join(options, Threads.of(1), 1, NodeLog.none(), (given, first, listener) -> {
            way.complete(new SlowFabric(GroupsFabric.join(given, first, listener)));
            return way.join();
        });
        Backend cluster = host -> ClusterEngine.open(
                host,
                new ClusterSettings(options.where(), null, null, Duration.ofSeconds(30), Integer.MAX_VALUE, List.of()));
        try (Pool pool = Pool.open(cluster)) {
            TaskFuture<Integer> task = pool.submit(() -> 1);
            way.join().holds.await();
            while (node.status().running() > 0) {
                Thread.onSpinWait();
            }

            NodeEnding ending = new NodeEnding(node, Duration.ofSeconds(30));
            ending.awaitRest();
            way.join().open();

            assertThat(task.result()).isEqualTo(1);
            assertThat(ending.finished.join()).as("all was finished").isTrue();
            assertThat(pool.stats().workersLost()).isZero();
            pool.shutdownNow();
        }
    }

    @Test
    void aProgramThatSaysNothingHoldsTheNodeUpForABoundedTime() throws Exception {
        CountDownLatch welcome = new CountDownLatch(1);
        NodeFabric.Listener mute = new NodeFabric.Listener() {
            @Override
            public void members(List<FabricMember> now) {
                // the test asks the fabric of the node
            }

            @Override
            public void received(FabricMember from, byte[] message) {
                welcome.countDown();
            }
        };
        CompletableFuture<NodeFabric> way = new CompletableFuture<>();
        ClusterNode node = ClusterNode.join(options, Threads.of(1), 1, NodeLog.none(), (given, first, listener) -> {
            way.complete(GroupsFabric.join(given, first, listener));
            return way.join();
        });
        try (NodeFabric program = GroupsFabric.join(options.named("mute"), false, mute)) {
            NodeMessage.Hello hello =
                    new NodeMessage.Hello(NodeMessage.PROTOCOL, VersionStamp.PANDO, VersionStamp.JAVA, "mute", false);
            program.send(way.join().self(), LetterBundle.pack(List.of(LetterWriter.bytes(1, hello))));
            welcome.await();

            assertThat(node.drain(Duration.ZERO)).as("all was heard").isFalse();
        } finally {
            node.close();
        }
    }
}
