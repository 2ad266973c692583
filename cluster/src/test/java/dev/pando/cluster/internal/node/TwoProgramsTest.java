package dev.pando.cluster.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.placement.NodePlacement;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A simulation of two programs that share a cluster: placement, sessions and slots are the real ones; workers, the way
 * between and the time are made up. Of the nodes one in twenty is ten times slower, and one in twenty dies.
 */
class TwoProgramsTest {
    private static final int SLOTS = 16;
    private static final int SLOWER = 10;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random = new Random(7);
    private final NodeTimer timer = new NodeTimer("unused");
    private long now;
    private long sequence;

    /** What happens at a moment; of several at one, what was noted first is first. */
    private record Event(long at, long sequence, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime == 0 ? Long.compare(sequence, other.sequence) : byTime;
        }
    }

    private void after(long time, Runnable what) {
        events.add(new Event(now + time, sequence++, what));
    }

    /** A program with so many tasks. */
    private final class SimulatedProgram {
        final NodePlacement placement = new NodePlacement(Integer.MAX_VALUE, Long.MAX_VALUE);
        final List<ProgramSession> sessions = new ArrayList<>();
        final int tasks;
        int waiting;
        int done;
        int lost;
        int runs;

        SimulatedProgram(int tasks) {
            this.tasks = tasks;
            this.waiting = tasks;
        }

        void send() {
            for (int node = placement.place(); node != NodePlacement.NONE; node = placement.place()) {
                if (waiting == 0) {
                    placement.answered(node, 0);
                    return;
                }
                waiting--;
                sessions.get(node).accept(new NodeMessage.Run(++runs, "task", "node/1", 1, new byte[0]));
                sessions.get(node).wake();
            }
        }

        void answered(SimulatedNode node) {
            if (node.dead) {
                return;
            }
            placement.answered(node.number, 0);
            done++;
            send();
        }

        void left(SimulatedNode node) {
            int there = placement.left(node.number);
            lost += there;
            waiting += there; // tried again elsewhere
            send();
        }
    }

    /** A node, whose tasks take 90 to 110 units if it is not slow. */
    private final class SimulatedNode {
        final int number;
        final SlotShare share = new SlotShare(SLOTS);
        final int slowness;
        boolean dead;

        SimulatedNode(int number, int slowness) {
            this.number = number;
            this.slowness = slowness;
        }

        void welcome(SimulatedProgram program) {
            LetterOutbox outbox = new LetterOutbox(new AnswerCounter(this, program), NOWHERE, 1, Runnable::run);
            ProgramSession session = new ProgramSession(
                    "program", false, host -> new SimulatedWorkers(this, host), outbox, timer, NodeLog.none());
            session.shares(share);
            program.sessions.add(session);
            program.placement.slots(number, SLOTS);
        }
    }

    private static final FabricMember NOWHERE = new FabricMember("nowhere", "nowhere");

    /** The workers of one program at one node: as many as it has slots. */
    private final class SimulatedWorkers implements Engine {
        private final SimulatedNode node;
        private final Host host;

        SimulatedWorkers(SimulatedNode node, Host host) {
            this.node = node;
            this.host = host;
        }

        @Override
        public int width() {
            return SLOTS;
        }

        @Override
        public void wake() {
            for (Job job = host.next(); job != null; job = host.next()) {
                Job taken = job;
                Seat seat = host.arrive("worker", null);
                int attempt = taken.begin(seat);
                after(node.slowness * (90L + random.nextInt(21)), () -> taken.succeed(attempt, new byte[0]));
            }
        }

        @Override
        public void rescue(Job job) {
            throw new AssertionError("no task waits for another");
        }
    }

    /** The way from a node to a program: each message is one answer. */
    private final class AnswerCounter implements NodeFabric {
        private final SimulatedNode node;
        private final SimulatedProgram program;

        AnswerCounter(SimulatedNode node, SimulatedProgram program) {
            this.node = node;
            this.program = program;
        }

        @Override
        public void send(FabricMember to, byte[] message) {
            after(1, () -> program.answered(node));
        }

        @Override
        public FabricMember self() {
            return NOWHERE;
        }

        @Override
        public String listensAt() {
            return "nowhere";
        }

        @Override
        public String tried() {
            return "nothing";
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private void share(int count, int tasks) {
        SimulatedProgram large = new SimulatedProgram(tasks * 6 / 10);
        SimulatedProgram small = new SimulatedProgram(tasks * 4 / 10);
        List<SimulatedProgram> both = List.of(large, small);
        for (int number = 0; number < count; number++) {
            SimulatedNode node = new SimulatedNode(number, number % 20 == 3 ? SLOWER : 1);
            both.forEach(node::welcome);
            if (number % 20 == 7) {
                after(500 + number, () -> {
                    node.dead = true;
                    both.forEach(program -> program.left(node));
                });
            }
        }
        both.forEach(SimulatedProgram::send);

        int largeWhenSmallHadEverythingOut = 0;
        int smallThen = 0;
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.at;
            next.what.run();
            if (smallThen == 0 && small.waiting == 0) { // from now on it wants less than its share
                smallThen = small.done;
                largeWhenSmallHadEverythingOut = large.done;
            }
        }

        assertThat(both).allSatisfy(program -> {
            assertThat(program.done).as("every task is done once").isEqualTo(program.tasks);
            assertThat(program.lost).isPositive();
        });
        double ratio = (double) largeWhenSmallHadEverythingOut / smallThen;
        assertThat(ratio).as("what both had done while both had work").isBetween(0.95, 1.05);
        double perUnit = SLOTS / 100.0 * count * (0.9 + 0.05 / SLOWER);
        assertThat(now).as("the time for all").isLessThan((long) (tasks / perUnit * 1.05) + 110L * SLOWER * 2);
    }

    @Test
    void aHundredNodesAreSharedEquallyByTwoPrograms() {
        share(100, 100_000);
    }

    @Test
    @Tag("full")
    void aThousandNodesAreSharedEquallyByTwoPrograms() {
        share(1000, 1_000_000);
    }
}
