package dev.pando.cluster.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskStack;
import dev.pando.TaskStack.Missing;
import dev.pando.WorkerLostException;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.GroupsFabric;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.wire.BadLetterException;
import dev.pando.cluster.internal.wire.LetterBundle;
import dev.pando.cluster.internal.wire.LetterReader;
import dev.pando.cluster.internal.wire.LetterWriter;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.spi.Backend;
import dev.pando.spi.UnsendableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node calls of a program is bounded, whatever it sends. */
@Timeout(60)
class HostileNodeTest {
    private final FabricOptions options = new FabricOptions(
            "mallory",
            new FabricOptions.Inside("hostile-" + UUID.randomUUID()),
            null,
            0,
            null,
            FabricOptions.JOIN_TIMEOUT,
            FabricOptions.SILENCE);

    /** A node that says what the test wants. */
    private static final class HostileNode implements NodeFabric.Listener {
        private final LinkedBlockingQueue<NodeMessage.Letter> heard = new LinkedBlockingQueue<>();
        private volatile FabricMember program;

        @Override
        public void members(List<FabricMember> now) {
            // the program greets it
        }

        @Override
        public void received(FabricMember from, byte[] message) {
            program = from;
            try {
                for (byte[] letter : LetterBundle.unpack(message)) {
                    heard.add(LetterReader.read(letter));
                }
            } catch (BadLetterException e) {
                throw new AssertionError(e);
            }
        }

        /** Waits for a letter of this kind. */
        private <M extends NodeMessage> NodeMessage.Letter await(Class<M> kind) throws InterruptedException {
            NodeMessage.Letter letter = heard.take();
            while (!kind.isInstance(letter.message())) {
                letter = heard.take();
            }
            return letter;
        }
    }

    /** What a test does with the pool of a node. */
    private interface Script {
        void run(Pool pool, HostileNode node, NodeFabric fabric) throws Exception;
    }

    @Test
    void aNodeThatCallsWithoutEndIsLostAndWhatItCalledIsInterrupted() throws Exception {
        with(HostileNodeTest::callsTooOften);
    }

    @Test
    void whereATaskIsIsBelievedWhenItWasAskedAndNotWaitedForWithoutEnd() throws Exception {
        with(HostileNodeTest::tellsStacks);
    }

    private void with(Script script) throws Exception {
        HostileNode node = new HostileNode();
        Backend cluster = host -> ClusterEngine.open(
                host,
                new ClusterSettings(options.where(), null, null, Duration.ofSeconds(30), Integer.MAX_VALUE, List.of()));
        try (NodeFabric fabric = GroupsFabric.join(options, true, node)) {
            Thread welcome = Thread.ofPlatform().start(() -> welcome(node, fabric));
            Pool pool = Pool.open(cluster);
            try {
                welcome.join();
                script.run(pool, node, fabric);
            } finally {
                pool.kill(); // the node answers for no task
                pool.close();
            }
        }
    }

    private static void callsTooOften(Pool pool, HostileNode node, NodeFabric fabric) throws Exception {
        AtomicInteger called = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        pool.offer("sleep", any -> {
            called.incrementAndGet();
            inside.incrementAndGet();
            try {
                return new LinkedBlockingQueue<>().take();
            } finally {
                inside.decrementAndGet();
            }
        });
        TaskFuture<Integer> task = pool.submit(() -> 1);
        NodeMessage.Letter run = node.await(NodeMessage.Run.class);
        long session = run.session();
        int number = ((NodeMessage.Run) run.message()).run();

        fabric.send(node.program, letters(session, List.of(call(number + 1, 1))));
        assertThat(answer(node)).as("of a task that it does not have").contains("has ended");
        assertThat(called).hasValue(0);

        List<NodeMessage> calls = new ArrayList<>();
        for (int question = 2; question < 2 + 2 * NodeCalls.MOST; question++) {
            calls.add(call(number, question));
        }
        fabric.send(node.program, letters(session, calls));

        assertThat(task.exception())
                .isInstanceOf(WorkerLostException.class)
                .hasMessageContaining("calls more often than a node may");
        while (inside.get() > 0) {
            Thread.onSpinWait();
        }
        assertThat(called.get()).isPositive().isLessThanOrEqualTo(NodeCalls.MOST);
    }

    private static void tellsStacks(Pool pool, HostileNode node, NodeFabric fabric) throws Exception {
        TaskFuture<Integer> task = pool.submit(() -> 1);
        NodeMessage.Letter run = node.await(NodeMessage.Run.class);
        int number = ((NodeMessage.Run) run.message()).run();
        long id = task.info().id();
        NodeMessage early = new NodeMessage.Located(number, List.of(new StackTraceElement("Early", "m", null, 1)));
        NodeMessage later = new NodeMessage.Progress(number, 0.5, "read");
        fabric.send(node.program, letters(run.session(), List.of(early, early, later)));
        while (task.info().progress().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(pool.view().look(id, Duration.ofMillis(100)).missing()).contains(Missing.NO_ANSWER);
        assertThat(pool.view().look(id, Duration.ZERO).missing()).contains(Missing.NO_ANSWER);
        assertThat(node.await(NodeMessage.Locate.class).message()).isEqualTo(new NodeMessage.Locate(number));

        CompletableFuture<TaskStack> seen = new CompletableFuture<>();
        Thread tool = Thread.ofPlatform().start(() -> seen.complete(pool.view().look(id, Duration.ofMinutes(1))));
        while (tool.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        StackTraceElement evil = new StackTraceElement("Evil\033[2J", "m", null, 1);
        NodeMessage other = new NodeMessage.Located(number + 1, List.of(evil));
        fabric.send(
                node.program, letters(run.session(), List.of(other, new NodeMessage.Located(number, List.of(evil)))));
        assertThat(seen.get().frames()).containsExactly(evil);
        assertThat(task.isRunning()).isTrue();
    }

    private static NodeMessage call(int run, int question) throws UnsendableException {
        return new NodeMessage.Call(run, question, "sleep", PlainCodec.encoded(question));
    }

    private static String answer(HostileNode node) throws InterruptedException {
        NodeMessage.Reply reply =
                (NodeMessage.Reply) node.await(NodeMessage.Reply.class).message();
        return new String(reply.reply(), StandardCharsets.UTF_8);
    }

    private static void welcome(HostileNode node, NodeFabric fabric) {
        try {
            NodeMessage.Letter hello = node.await(NodeMessage.Hello.class);
            NodeMessage welcome = new NodeMessage.Welcome("mallory", 1, "Threads.of(1)");
            fabric.send(node.program, letters(hello.session(), List.of(welcome)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] letters(long session, List<NodeMessage> messages) {
        return LetterBundle.pack(messages.stream()
                .map(message -> LetterWriter.bytes(session, message))
                .toList());
    }
}
