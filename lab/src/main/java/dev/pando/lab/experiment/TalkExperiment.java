package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedQueue;
import dev.pando.spi.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What processes talk through, since they share no memory: a call of each construct, beside the same on threads. */
final class TalkExperiment implements Experiment {
    private static final String PIPE = "pipe, there and back";
    private static final String ONE = "queue, an item";
    private static final String MANY = "queue, an item of a hundred";
    private static final String LOCK = "lock, taken and freed";
    private static final String MAP = "map, an entry put";
    private static final String COUNTER = "counter, an addition";

    private static final int AT_ONCE = 100;
    private static final int ROOM = 1_000;

    /** A counter of processes moves to memory after some hundreds of calls. */
    private static final int CALLS_BEFORE = 500;

    /** What one use of a construct takes, between two processes and between two threads. */
    record Talk(double processes, double threads) {}

    @Override
    public String name() {
        return "talk";
    }

    @Override
    public int steps() {
        return 2;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        int times = (int) experimentContext.pick(AT_ONCE, 2_000, 20_000);
        experimentContext.step("two processes talk");
        Map<String, Double> processes =
                talk(experimentContext, found, "processes", experimentContext.processes(2), times);
        experimentContext.step("two threads talk");
        Map<String, Double> threads = talk(experimentContext, found, "threads", Threads.of(2), times);
        Map<String, Talk> talks = new LinkedHashMap<>();
        processes.forEach((way, nanos) -> talks.put(way, new Talk(nanos, threads.getOrDefault(way, nanos))));
        tell(found, talks);
        return found.experimentResult();
    }

    /** Returns the nanoseconds of one use of each construct. */
    private static Map<String, Double> talk(
            ExperimentContext experimentContext, FindingCollector found, String group, Backend backend, int times)
            throws Exception {
        Map<String, Double> nanos = new LinkedHashMap<>();
        try (Pool pool = experimentContext.with(group, backend).open()) {
            SharedCounter counter = pool.shared().counter();
            long before = 0;
            for (int warm = 0; warm < 2; warm++) {
                before += 2 * CALLS_BEFORE;
                addTwice(pool, counter);
                nanos.put(PIPE, throughPipe(pool, times));
                nanos.put(ONE, throughQueue(found, group, pool, times, 1));
                nanos.put(MANY, throughQueue(found, group, pool, times, AT_ONCE));
                nanos.put(LOCK, timed(pool, times, locking(pool.shared().lock(), times)));
                nanos.put(MAP, timed(pool, times, putting(pool.shared().map(), times)));
            }
            nanos.put(COUNTER, timed(pool, times, adding(counter, times)));
            found.fact("talk.fact.all-were-counted", counter.get() == before + times, group);
        }
        return nanos;
    }

    /** Returns the nanoseconds of one step: the task returns those of all. */
    private static double timed(Pool pool, int times, Task<Long> task) {
        return pool.named("talks").submit(task).result() / (double) times;
    }

    /** Lets both workers add at once, so that each of them has seen the memory of the counter. */
    private static void addTwice(Pool pool, SharedCounter counter) {
        TaskFuture<Long> one = pool.named("counts").submit(adding(counter, CALLS_BEFORE));
        TaskFuture<Long> other = pool.named("counts").submit(adding(counter, CALLS_BEFORE));
        one.result();
        other.result();
    }

    private static Task<Long> adding(SharedCounter counter, int times) {
        return () -> {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                counter.increment();
            }
            return System.nanoTime() - start;
        };
    }

    private static Task<Long> locking(SharedLock lock, int times) {
        return () -> {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                lock.lock();
                lock.unlock();
            }
            return System.nanoTime() - start;
        };
    }

    private static Task<Long> putting(SharedMap<Integer, Integer> map, int times) {
        return () -> {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                map.put(i % AT_ONCE, i);
            }
            return System.nanoTime() - start;
        };
    }

    private static double throughPipe(Pool pool, int times) {
        SharedPipe<Integer, Integer> pipe = pool.shared().pipe();
        SharedPipe.PipeEnd<Integer, Integer> here = pipe.left();
        SharedPipe.PipeEnd<Integer, Integer> there = pipe.right();
        TaskFuture<Integer> answering = pool.named("answers").submit(() -> {
            for (int i = 0; i < times; i++) {
                there.send(there.receive());
            }
            return times;
        });
        double nanos = timed(pool, times, () -> {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                here.send(i);
                here.receive();
            }
            return System.nanoTime() - start;
        });
        answering.result();
        return nanos;
    }

    /** Returns the nanoseconds of an item from one worker to the other, so many in a call. */
    private static double throughQueue(FindingCollector found, String group, Pool pool, int times, int atOnce) {
        SharedQueue<Integer> queue = pool.shared().queue(ROOM);
        TaskFuture<Integer> producer = pool.named("puts").submit(() -> {
            List<Integer> some = new ArrayList<>(atOnce);
            for (int i = 0; i < times; i++) {
                some.add(i);
                if (some.size() == atOnce || i == times - 1) {
                    queue.putAll(some);
                    some.clear();
                }
            }
            queue.close();
            return times;
        });
        long[] taken = pool.named("takes").submit(() -> take(queue, atOnce)).result();
        producer.result();
        found.fact("talk.fact.all-items-came", taken[1] == (long) times * (times - 1) / 2, group, atOnce);
        return taken[0] / (double) times;
    }

    /** Returns the nanoseconds from the first item to the last, and the sum of all. */
    private static long[] take(SharedQueue<Integer> queue, int atOnce) throws InterruptedException {
        long sum = queue.take();
        long start = System.nanoTime();
        try {
            while (true) {
                for (int item : queue.takeSome(atOnce)) {
                    sum += item;
                }
            }
        } catch (SharedClosedException end) {
            return new long[] {System.nanoTime() - start, sum};
        }
    }

    /** Writes what follows from what one use of each construct takes. Pure. */
    static void tell(FindingCollector found, Map<String, Talk> talks) {
        var table = ResultTable.of("What one use of a construct takes", "construct", "two processes", "two threads")
                .bar("two processes");
        talks.forEach((way, talk) ->
                table.row(way, MeasuredAmount.nanos(talk.processes), MeasuredAmount.nanos(talk.threads)));
        found.table(table);
        found.chart(ChartData.bars("What one use of a construct takes", "construct", "microseconds")
                .labels(List.copyOf(talks.keySet()))
                .series(
                        "two processes",
                        talks.values().stream()
                                .map(talk -> talk.processes / 1e3)
                                .toList())
                .series(
                        "two threads",
                        talks.values().stream().map(talk -> talk.threads / 1e3).toList()));
        Talk none = new Talk(0, 0);
        Talk pipe = talks.getOrDefault(PIPE, none);
        double one = talks.getOrDefault(ONE, none).processes;
        double many = talks.getOrDefault(MANY, none).processes;
        double lock = talks.getOrDefault(LOCK, none).processes;
        double counter = talks.getOrDefault(COUNTER, none).processes;
        found.expected("talk.expected");
        found.measured(
                "talk.measured",
                MeasuredAmount.nanos(pipe.processes),
                MeasuredAmount.nanos(pipe.threads),
                SpeedWords.fast(one / many),
                MeasuredAmount.nanos(lock),
                MeasuredAmount.nanos(counter));
        found.verdict(SpeedWords.missing(
                SpeedWords.faster(pipe.threads, pipe.processes),
                found.text("talk.missing.threads-did-not-answer-sooner"),
                SpeedWords.faster(many, one),
                found.text("talk.missing.a-hundred-a-call-were-not-faster"),
                SpeedWords.faster(counter, lock),
                found.text("talk.missing.a-counter-did-not-take-less")));
        found.why("talk.why");
    }
}
