package dev.pando.cluster.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.GroupsFabric;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.link.VersionStamp;
import dev.pando.cluster.internal.wire.LetterBundle;
import dev.pando.cluster.internal.wire.LetterReader;
import dev.pando.cluster.internal.wire.LetterWriter;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.local.Threads;
import dev.pando.spi.Backend;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program of another Pando or another Java is refused, by name; and any, if there can be no workers for it. */
class RefusedVersionTest {

    /** A program that says what the test wants. */
    private static final class Stranger implements NodeFabric.Listener {
        private final LinkedBlockingQueue<NodeMessage> heard = new LinkedBlockingQueue<>();
        private volatile List<FabricMember> members = List.of();

        @Override
        public void members(List<FabricMember> now) {
            members = now;
        }

        @Override
        public void received(FabricMember from, byte[] message) {
            try {
                for (byte[] letter : LetterBundle.unpack(message)) {
                    heard.add(LetterReader.read(letter).message());
                }
            } catch (dev.pando.cluster.internal.wire.BadLetterException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static NodeMessage answerTo(NodeMessage.Hello hello) throws Exception {
        return answerTo(hello, Threads.of(1));
    }

    private static NodeMessage answerTo(NodeMessage.Hello hello, Backend workers) throws Exception {
        FabricOptions options = new FabricOptions(
                "alpha",
                new FabricOptions.Inside("refused-" + UUID.randomUUID()),
                null,
                0,
                null,
                FabricOptions.JOIN_TIMEOUT,
                FabricOptions.SILENCE);
        Stranger stranger = new Stranger();
        try (ClusterNode _ = ClusterNode.join(options, workers, 0, NodeLog.none());
                NodeFabric fabric = GroupsFabric.join(options.named("stranger"), false, stranger)) {
            FabricMember node = stranger.members.stream()
                    .filter(member -> !member.equals(fabric.self()))
                    .findFirst()
                    .orElseThrow();
            fabric.send(node, LetterBundle.pack(List.of(LetterWriter.bytes(1, hello))));
            return stranger.heard.poll(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void anotherProtocolIsRefused() throws Exception {
        NodeMessage answer = answerTo(new NodeMessage.Hello(99, "9.9", VersionStamp.JAVA, "shop", false));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        NodeMessage.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("Pando 9.9", "protocol 99", "give both the same"));
    }

    @Test
    void anotherJavaIsRefused() throws Exception {
        NodeMessage answer =
                answerTo(new NodeMessage.Hello(NodeMessage.PROTOCOL, VersionStamp.PANDO, 99, "shop", false));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        NodeMessage.Refused.class,
                        refused -> assertThat(refused.reason()).contains("Java " + VersionStamp.JAVA, "Java 99"));
    }

    @Test
    void aNodeThatCannotStartItsWorkersSaysWhy() throws Exception {
        NodeMessage answer = answerTo(
                new NodeMessage.Hello(NodeMessage.PROTOCOL, VersionStamp.PANDO, VersionStamp.JAVA, "shop", false),
                host -> {
                    throw new IllegalStateException("there is no java in this image");
                });

        assertThat(answer)
                .isInstanceOfSatisfying(
                        NodeMessage.Refused.class,
                        refused -> assertThat(refused.reason()).contains("cannot start", "there is no java"));
    }

    @Test
    void theSameIsWelcome() throws Exception {
        NodeMessage answer = answerTo(
                new NodeMessage.Hello(NodeMessage.PROTOCOL, VersionStamp.PANDO, VersionStamp.JAVA, "shop", false));

        assertThat(answer).isEqualTo(new NodeMessage.Welcome("alpha", 1, "Threads.of(1)"));
    }
}
