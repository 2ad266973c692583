package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.local.Threads;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/** An ordered map whose elements cost next to nothing, so that the map's own cost for an element remains. */
@OperationsPerInvocation(MapTiny.ELEMENTS)
public class MapTiny extends Bench {
    static final int ELEMENTS = 1_000_000;

    private final Pool pool = Pool.open(Threads.of(2));
    private final List<Integer> inputs = IntStream.range(0, ELEMENTS).boxed().toList();

    @TearDown
    public void close() {
        pool.close();
    }

    private static Integer tiny(Integer x) {
        return x * 31 + 7;
    }

    private static long sum(Stream<Integer> results) {
        return results.mapToLong(Integer::longValue).sum();
    }

    @Benchmark
    public long pandoMap() {
        return sum(pool.map(MapTiny::tiny, inputs));
    }

    @Benchmark
    public long pandoGather() {
        return sum(inputs.stream().gather(pool.mapping(MapTiny::tiny)));
    }

    @Benchmark
    public long peerWindow16() {
        return sum(inputs.stream().gather(Gatherers.mapConcurrent(16, MapTiny::tiny)));
    }

    @Benchmark
    public long peerWindow256() {
        return sum(inputs.stream().gather(Gatherers.mapConcurrent(256, MapTiny::tiny)));
    }

    @Benchmark
    public long peerParallel() {
        return sum(inputs.parallelStream().map(MapTiny::tiny));
    }

    @Benchmark
    public long plainLoop() {
        return sum(inputs.stream().map(MapTiny::tiny));
    }
}
