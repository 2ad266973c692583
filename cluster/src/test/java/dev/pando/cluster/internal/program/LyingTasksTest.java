package dev.pando.cluster.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.Worker;
import dev.pando.WorkerLostException;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.GroupsFabric;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.relay.TaskEnvelope;
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
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of tasks that lie at a node: the nodes are the test's, and say what it wants. */
@Timeout(60)
class LyingTasksTest {
    private static final long SHORT = 1000;

    private final FabricOptions options = new FabricOptions(
            "alpha",
            new FabricOptions.Inside("lying-" + UUID.randomUUID()),
            null,
            0,
            null,
            FabricOptions.JOIN_TIMEOUT,
            FabricOptions.SILENCE);
    private final List<ScriptedNode> nodes = new ArrayList<>();
    private final LineStop lineStop = new LineStop();
    private ScriptedNode alpha;
    private Pool pool;

    /** The run of the task that has the slot, from {@link #occupy} on. */
    private int occupies;

    /** A node of one slot, which answers when the test says so. */
    private final class ScriptedNode implements NodeFabric.Listener {
        private final LinkedBlockingQueue<NodeMessage> heard = new LinkedBlockingQueue<>();
        private final NodeFabric fabric;
        private volatile FabricMember program;
        private volatile long session;

        ScriptedNode(String name) throws Exception {
            nodes.add(this);
            fabric = GroupsFabric.join(options.named(name), true, this);
        }

        @Override
        public void members(List<FabricMember> now) {
            // the program greets it
        }

        @Override
        public void received(FabricMember from, byte[] message) {
            try {
                for (byte[] bytes : LetterBundle.unpack(message)) {
                    NodeMessage.Letter letter = LetterReader.read(bytes);
                    program = from;
                    session = letter.session();
                    heard.add(letter.message());
                }
            } catch (BadLetterException e) {
                throw new AssertionError(e);
            }
        }

        private <M extends NodeMessage> M await(Class<M> kind) throws InterruptedException {
            NodeMessage message = heard.take();
            while (!kind.isInstance(message)) {
                message = heard.take();
            }
            return kind.cast(message);
        }

        private void say(NodeMessage... messages) throws Exception {
            List<byte[]> letters = new ArrayList<>();
            for (NodeMessage message : messages) {
                letters.add(LetterWriter.bytes(session, message));
            }
            fabric.send(program, LetterBundle.pack(letters));
        }

        private void welcome(String name) throws Exception {
            await(NodeMessage.Hello.class);
            say(new NodeMessage.Welcome(name, 1, "Threads.of(1)"));
        }

        private void answer(int run, int value) throws Exception {
            byte[] envelope = TaskEnvelope.value(PlainCodec.encoded(value));
            say(new NodeMessage.Answer(run, SHORT, NodeMessage.Bill.UNKNOWN, envelope));
        }
    }

    /** Opens a pool on one node, whose tasks have been short so far. */
    private void open() throws Exception {
        alpha = new ScriptedNode("alpha");
        Backend cluster = host -> ClusterEngine.open(
                lineStop.before(host),
                new ClusterSettings(options.where(), null, null, Duration.ofSeconds(30), Integer.MAX_VALUE, List.of()));
        Thread welcome = Thread.ofPlatform().start(() -> {
            try {
                alpha.welcome("alpha");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        pool = Pool.open(cluster);
        welcome.join();
        for (int i = 0; i < 16; i++) {
            TaskFuture<Integer> quick = pool.submit(ONE);
            alpha.answer(alpha.await(NodeMessage.Run.class).run(), i);
            assertThat(quick.result()).isEqualTo(i);
        }
    }

    private static final Task<Integer> ONE = () -> 1;

    @AfterEach
    void leave() {
        if (pool != null) {
            pool.kill();
            pool.close();
        }
        nodes.forEach(node -> node.fabric.close());
    }

    /**
     * Returns a task that has the slot. A task is done a moment before the program knows that its slot is free, so a
     * task that waited for a slot is answered first: the thread that read that answer sends the one that is returned,
     * and has no more to send. Neither can lie, for it has a timeout.
     */
    private TaskFuture<Integer> occupy() throws Exception {
        TaskFuture<Integer> before = pool.timeout(Duration.ofMinutes(1)).submit(ONE);
        TaskFuture<Integer> occupying = pool.timeout(Duration.ofMinutes(1)).submit(ONE);
        alpha.answer(alpha.await(NodeMessage.Run.class).run(), 1);
        assertThat(before.result()).isEqualTo(1);
        NodeMessage.Run run = alpha.await(NodeMessage.Run.class);
        assertThat(run.worker()).isEqualTo("alpha/1");
        occupies = run.run();
        return occupying;
    }

    /** Returns tasks of which the first has the slot. */
    private List<TaskFuture<Integer>> submit(int count) throws Exception {
        List<TaskFuture<Integer>> tasks = new ArrayList<>(List.of(occupy()));
        while (tasks.size() < count) {
            tasks.add(pool.submit(ONE));
        }
        return tasks;
    }

    /** Returns the runs of tasks of which the first has the slot and all others lie. */
    private List<Integer> awaitRuns(int count) throws InterruptedException {
        List<Integer> runs = new ArrayList<>(List.of(occupies));
        while (runs.size() < count) {
            NodeMessage.Run run = alpha.await(NodeMessage.Run.class);
            assertThat(run.worker()).isEmpty();
            runs.add(run.run());
        }
        return runs;
    }

    @Test
    void shortTasksLieAndBeginInTheirOrderAsSlotsComeFree() throws Exception {
        open();
        List<TaskFuture<Integer>> tasks = submit(5);
        // the fifth waits at home, because the line is short
        List<Integer> runs = awaitRuns(4);
        assertThat(tasks.get(0).isRunning()).isTrue();
        assertThat(tasks.get(1).isPending()).isTrue();
        assertThat(pool.stats().running()).isEqualTo(1);

        alpha.answer(runs.get(0), 10);
        assertThat(tasks.get(0).result()).isEqualTo(10);
        while (!tasks.get(1).isRunning()) {
            Thread.onSpinWait();
        }
        assertThat(tasks.get(1).info().worker()).hasValue("alpha/1");
        assertThat(tasks.get(2).isPending()).isTrue();

        alpha.answer(runs.get(2), 12); // out of turn: no node of ours does that
        assertThat(tasks.get(2).result()).isEqualTo(12);
        alpha.answer(runs.get(1), 11);
        alpha.answer(runs.get(3), 13);
        alpha.answer(alpha.await(NodeMessage.Run.class).run(), 14);
        assertThat(tasks.stream().map(TaskFuture::result)).containsExactly(10, 11, 12, 13, 14);
        assertThat(pool.stats().running()).isZero();
    }

    /** Or else the node would give that slot to the task that lies, and the pool would call it by another name. */
    @Test
    void noTaskThatLiesGoesAheadOfOneThatIsAboutToGetTheFreeSlot() throws Exception {
        open();
        lineStop.set();
        Thread slow = Thread.ofPlatform().start(() -> {
            var _ = pool.timeout(Duration.ofMinutes(1)).submit(ONE);
        });
        lineStop.await();
        for (int i = 0; i < 4; i++) {
            var _ = pool.submit(ONE);
        }
        lineStop.end();
        slow.join();

        assertThat(alpha.await(NodeMessage.Run.class).worker()).isEqualTo("alpha/1");
        for (int i = 0; i < 3; i++) {
            assertThat(alpha.await(NodeMessage.Run.class).worker()).isEmpty();
        }
    }

    @Test
    void aTaskThatLiesCountsAsBegunWhenItIsCancelled() throws Exception {
        open();
        List<TaskFuture<Integer>> tasks = submit(4);
        List<Integer> runs = awaitRuns(3);

        assertThat(tasks.get(1).cancel(false)).isFalse();
        assertThat(tasks.get(1).isRunning()).isTrue();
        assertThat(tasks.get(2).cancel(true)).isTrue();
        assertThat(alpha.await(NodeMessage.Stop.class).run()).isEqualTo(runs.get(2));
        alpha.answer(runs.get(0), 10);
        alpha.answer(runs.get(1), 11);
        alpha.answer(runs.get(2), 12);

        assertThat(tasks.get(1).result()).isEqualTo(11);
        assertThat(tasks.get(2).isCancelled()).isTrue();
        alpha.answer(alpha.await(NodeMessage.Run.class).run(), 13);
        assertThat(tasks.get(3).result()).isEqualTo(13);
    }

    @Test
    void aTaskWithATimeoutWaitsForASlot() throws Exception {
        open();
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(pool.timeout(Duration.ofMinutes(1)).submit(ONE));
        }
        for (int i = 0; i < 4; i++) {
            NodeMessage.Run run = alpha.await(NodeMessage.Run.class);
            assertThat(run.worker()).isEqualTo("alpha/1");
            assertThat(alpha.heard).isEmpty();
            alpha.answer(run.run(), i);
            assertThat(tasks.get(i).result()).isEqualTo(i);
        }
    }

    @Test
    void whatLiesMovesToANodeThatHasASlot() throws Exception {
        open();
        List<TaskFuture<Integer>> tasks = submit(4);
        List<Integer> runs = awaitRuns(3);
        ScriptedNode beta = new ScriptedNode("beta");
        beta.welcome("beta");
        beta.answer(beta.await(NodeMessage.Run.class).run(), 23);
        assertThat(tasks.get(3).result()).as("the one that was in line").isEqualTo(23);

        assertThat(alpha.await(NodeMessage.Recall.class).most()).isEqualTo(1);
        alpha.say(new NodeMessage.Recalled(List.of(runs.get(2))));
        beta.answer(beta.await(NodeMessage.Run.class).run(), 22);
        assertThat(tasks.get(2).result()).isEqualTo(22);
        assertThat(tasks.get(2).info().attempts()).isEqualTo(1);
        assertThat(tasks.get(2).info().worker()).hasValue("beta/1");

        assertThat(alpha.await(NodeMessage.Recall.class).most()).isEqualTo(1);
        alpha.say(new NodeMessage.Recalled(List.of())); // it has begun meanwhile
        alpha.answer(runs.get(0), 10);
        alpha.answer(runs.get(1), 11);
        assertThat(tasks.get(1).result()).isEqualTo(11);
    }

    @Test
    void whatLayAtANodeThatIsLostMayHaveRun() throws Exception {
        open();
        List<TaskFuture<Integer>> tasks = submit(1);
        tasks.add(pool.retries(1).submit(ONE));
        tasks.add(pool.submit(ONE));
        tasks.add(pool.submit(ONE));
        awaitRuns(3);
        alpha.fabric.close();

        assertThat(tasks.get(0).exception()).isInstanceOf(WorkerLostException.class);
        assertThat(tasks.get(2).exception())
                .isInstanceOf(WorkerLostException.class)
                .hasMessageContaining("may have run");
        ScriptedNode beta = new ScriptedNode("beta");
        beta.welcome("beta");
        NodeMessage.Run again = beta.await(NodeMessage.Run.class);
        NodeMessage.Run other = again.attempt() == 2 ? null : again;
        if (other != null) {
            beta.answer(other.run(), 3);
            again = beta.await(NodeMessage.Run.class);
        }
        assertThat(again.attempt()).isEqualTo(2);
        beta.answer(again.run(), 21);
        assertThat(tasks.get(1).result()).isEqualTo(21);
    }

    @Test
    void everyTaskOfABurstRunsOnceAndInTheSlotThatThePoolSays() {
        Backend cluster = host -> ClusterEngine.open(
                host,
                new ClusterSettings(
                        options.where(), Threads.of(2), null, Duration.ofSeconds(30), Integer.MAX_VALUE, List.of()));
        try (Pool burst = Pool.open(cluster)) {
            List<TaskFuture<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                int number = i;
                tasks.add(burst.submit(() -> number + " " + Worker.name()));
            }
            for (int i = 0; i < tasks.size(); i++) {
                assertThat(tasks.get(i).result())
                        .isEqualTo(i + " " + tasks.get(i).info().worker().orElseThrow());
            }
            assertThat(burst.stats().succeeded()).isEqualTo(3000);
            assertThat(tasks.stream().map(task -> task.info().worker()).distinct())
                    .hasSize(2);
        }
    }

    @Test
    void aPoolThatIsKilledStopsWhatLies() throws Exception {
        open();
        List<TaskFuture<Integer>> tasks = submit(4);
        awaitRuns(3);

        pool.kill();
        pool.close();

        assertThat(tasks).allMatch(TaskFuture::isCancelled);
    }
}
