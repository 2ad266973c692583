package dev.pando.cluster.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A simulation: the placement itself, nodes and their time made up. */
class ThousandNodesTest {
    private static final int NODES = 1000;
    private static final int SLOTS = 16;
    private static final int TASKS = 1_000_000;

    /** A task that ends at this moment on this node; on a node that died meanwhile it never does. */
    private record TaskEnd(long at, int node) {}

    /** What came of a run. */
    private record Tally(int[] done, int lost, long end) {}

    private static Tally run(int[] slowness, long[] deaths) {
        return run(slowness, deaths, false);
    }

    /**
     * Runs all tasks. A task takes 90 to 110 microseconds, times how slow its node is.
     *
     * @param slowness of each node
     * @param deaths when each node dies
     * @param mayLie whether tasks may lie at nodes
     */
    private static Tally run(int[] slowness, long[] deaths, boolean mayLie) {
        Random random = new Random(7);
        NodePlacement placement = new NodePlacement(Integer.MAX_VALUE, Long.MAX_VALUE);
        boolean[] dead = new boolean[NODES];
        int[] busy = new int[NODES];
        int[] lying = new int[NODES];
        int[] done = new int[NODES];
        int waiting = TASKS;
        int lost = 0;
        long now = 0;
        for (int node = 0; node < NODES; node++) {
            placement.slots(node, SLOTS);
        }
        int[] byDeath = java.util.stream.IntStream.range(0, NODES)
                .boxed()
                .sorted(java.util.Comparator.comparingLong(node -> deaths[node]))
                .mapToInt(node -> node)
                .toArray();
        int died = 0;
        PriorityQueue<TaskEnd> running = new PriorityQueue<>(
                java.util.Comparator.comparingLong(TaskEnd::at).thenComparingInt(TaskEnd::node));
        while (waiting > 0 || !running.isEmpty()) {
            for (NodePlacement.Recall back = recall(placement, waiting); back != null; ) {
                int count = Math.min(back.most(), lying[back.node()]);
                lying[back.node()] -= count;
                waiting += count;
                for (int i = 0; i < count; i++) {
                    placement.answered(back.node(), 0);
                }
                placement.gaveBack(back.node(), count);
                back = recall(placement, waiting);
            }
            for (int node = placement.place(mayLie); node != NodePlacement.NONE; node = placement.place(mayLie)) {
                if (waiting == 0) {
                    placement.answered(node, 0);
                    break;
                }
                waiting--;
                if (busy[node] == SLOTS) {
                    lying[node]++;
                } else {
                    busy[node]++;
                    running.add(new TaskEnd(now + slowness[node] * (90L + random.nextInt(21)), node));
                }
            }
            TaskEnd next = running.poll();
            if (next == null) {
                break;
            }
            now = next.at;
            while (died < NODES && deaths[byDeath[died]] <= now) {
                int node = byDeath[died++];
                int there = placement.left(node);
                dead[node] = true;
                lost += there;
                waiting += there; // tried again elsewhere
            }
            if (!dead[next.node]) {
                placement.answered(next.node, 0, slowness[next.node] * 100_000L);
                done[next.node]++;
                busy[next.node]--;
                if (lying[next.node] > 0) {
                    lying[next.node]--;
                    busy[next.node]++;
                    running.add(new TaskEnd(now + slowness[next.node] * (90L + random.nextInt(21)), next.node));
                }
            }
        }
        assertThat(placement.fault()).isEmpty();
        assertThat(Arrays.stream(done).sum()).as("every task is done once").isEqualTo(TASKS);
        return new Tally(done, lost, now);
    }

    private static NodePlacement.@Nullable Recall recall(NodePlacement placement, int waiting) {
        return waiting > 0 ? null : placement.recall();
    }

    private static long[] noDeaths() {
        long[] never = new long[NODES];
        Arrays.fill(never, Long.MAX_VALUE);
        return never;
    }

    private static int[] allAlike() {
        int[] alike = new int[NODES];
        Arrays.fill(alike, 1);
        return alike;
    }

    @Test
    void nodesThatAreAlikeGetEqualShares() {
        Tally tally = run(allAlike(), noDeaths());

        int share = TASKS / NODES;
        assertThat(Arrays.stream(tally.done).min().orElseThrow()).isGreaterThanOrEqualTo(share * 95 / 100);
        assertThat(Arrays.stream(tally.done).max().orElseThrow()).isLessThanOrEqualTo(share * 105 / 100);
    }

    @Test
    void slowNodesGetLessAndTheOthersTheRest() {
        int[] slowness = allAlike();
        for (int node = 0; node < NODES / 20; node++) {
            slowness[node] = 10;
        }

        Tally tally = run(slowness, noDeaths());

        double slow = Arrays.stream(tally.done, 0, NODES / 20).average().orElseThrow();
        double fast = Arrays.stream(tally.done, NODES / 20, NODES).average().orElseThrow();
        assertThat(slow / fast).isBetween(0.08, 0.12);
        long ideal = (long) (100.0 * TASKS / SLOTS / (NODES * 0.95 + NODES * 0.05 / 10));
        assertThat(tally.end).as("time until the last task is done").isLessThan(ideal + 1100);
    }

    @Test
    void whatDyingNodesHadIsDoneByTheOthers() {
        long[] deaths = noDeaths();
        for (int node = 0; node < NODES / 20; node++) {
            deaths[node] = 500 + 50L * node;
        }

        Tally tally = run(allAlike(), deaths);

        assertThat(tally.lost).isBetween(1, SLOTS * NODES / 20);
        int[] living = Arrays.copyOfRange(tally.done, NODES / 20, NODES);
        double mean = Arrays.stream(living).average().orElseThrow();
        assertThat(Arrays.stream(living).max().orElseThrow()).isLessThanOrEqualTo((int) (mean * 1.05));
        assertThat(Arrays.stream(living).min().orElseThrow()).isGreaterThanOrEqualTo((int) (mean * 0.95));
    }

    @Test
    void slowAndDyingNodesAtOnceLeaveTheOthersEqualShares() {
        int[] slowness = allAlike();
        long[] deaths = noDeaths();
        for (int node = 0; node < NODES / 20; node++) {
            slowness[node] = 10;
            deaths[NODES / 20 + node] = 500 + 50L * node;
        }

        Tally tally = run(slowness, deaths);

        int[] others = Arrays.copyOfRange(tally.done, NODES / 10, NODES);
        double mean = Arrays.stream(others).average().orElseThrow();
        assertThat(Arrays.stream(others).min().orElseThrow()).isGreaterThanOrEqualTo((int) (mean * 0.95));
        assertThat(Arrays.stream(others).max().orElseThrow()).isLessThanOrEqualTo((int) (mean * 1.05));
    }

    @Test
    void whereTasksMayLieSharesAreAsEqualAndTheEndIsNoLater() {
        int[] slowness = allAlike();
        long[] deaths = noDeaths();
        for (int node = 0; node < NODES / 20; node++) {
            slowness[node] = 10;
            deaths[NODES / 20 + node] = 500 + 50L * node;
        }

        Tally tally = run(slowness, deaths, true);

        int[] others = Arrays.copyOfRange(tally.done, NODES / 10, NODES);
        double mean = Arrays.stream(others).average().orElseThrow();
        assertThat(Arrays.stream(others).min().orElseThrow()).isGreaterThanOrEqualTo((int) (mean * 0.95));
        assertThat(Arrays.stream(others).max().orElseThrow()).isLessThanOrEqualTo((int) (mean * 1.05));
        double slow = Arrays.stream(tally.done, 0, NODES / 20).average().orElseThrow();
        assertThat(slow / mean).isBetween(0.08, 0.12);
        long ideal = (long) (100.0 * TASKS / SLOTS / (NODES * 0.925 + NODES * 0.05 / 10));
        assertThat(tally.end).as("time until the last task is done").isLessThan(ideal + 2 * 1100);
        assertThat(tally.lost)
                .as("with what lay there")
                .isBetween(SLOTS * NODES / 20, (SLOTS + 10 * SLOTS) * NODES / 20);
    }

    /** Counts what is done to all sets of this kind. */
    private static final class CountingSet extends LinkedHashSet<NodePlacement.NodeWindow> {
        private static final long serialVersionUID = 1L;
        private static long steps;

        @Override
        public boolean add(NodePlacement.NodeWindow window) {
            steps++;
            return super.add(window);
        }

        @Override
        public boolean remove(Object window) {
            steps++;
            return super.remove(window);
        }

        @Override
        public NodePlacement.NodeWindow getFirst() {
            steps++;
            return super.getFirst();
        }

        @Override
        public Iterator<NodePlacement.NodeWindow> iterator() {
            steps += size();
            return super.iterator();
        }
    }

    /** Returns how many steps a hundred thousand decisions take while all nodes are busy. */
    private static long stepsWith(int nodes) {
        NodePlacement placement = new NodePlacement(Integer.MAX_VALUE, Long.MAX_VALUE, CountingSet::new);
        for (int node = 0; node < nodes; node++) {
            placement.slots(node, SLOTS);
        }
        for (int task = 0; task < nodes * SLOTS / 2; task++) {
            placement.place();
        }
        CountingSet.steps = 0;
        for (int i = 0; i < 100_000; i++) {
            placement.answered(i % nodes, 0, 1000);
            placement.place(true);
        }
        long steps = CountingSet.steps;
        assertThat(placement.fault()).isEmpty();
        return steps;
    }

    @Test
    void aDecisionCostsTheSameHoweverManyNodesThereAre() {
        assertThat(stepsWith(NODES * 100)).isEqualTo(stepsWith(10)).isPositive();
    }
}
