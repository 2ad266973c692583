package dev.pando.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * The Java program of {@link Peers}: measures one part of Pando, of PP4J, or of no pool. Prints a line for each number.
 * {@code measures.py} and {@code piscina.mjs} do the same, in the same order and as often.
 */
final class PeerFork {
    private PeerFork() {}

    /** Arguments: the peer, the part, and the effort. */
    public static void main(String[] args) throws Exception {
        MeasuringEffort measuringEffort =
                new MeasuringEffort(Arrays.stream(args).skip(2).toList());
        boolean bare = args[0].equals(PeerKind.BARE.key());
        if (args[1].equals("version")) {
            System.out.println("version " + (bare ? JavaPool.PANDO : JavaPool.of(args[0])).version());
        } else if (bare) {
            bare(BenchPart.valueOf(args[1].toUpperCase(Locale.ROOT)), measuringEffort);
        } else {
            measure(JavaPool.of(args[0]), BenchPart.valueOf(args[1].toUpperCase(Locale.ROOT)), measuringEffort);
        }
        System.exit(0); // PP4J leaves threads behind after a failure
    }

    private static void measure(JavaPool pools, BenchPart benchPart, MeasuringEffort measuringEffort) throws Exception {
        switch (benchPart) {
            case CALLS -> new Calls(pools, measuringEffort).run();
            case ROWS -> ArgumentCalls.measure(measuringEffort);
            case COMPUTE -> new ComputeProgram(pools, measuringEffort).run();
            case COLD -> ColdProgram.measure(measuringEffort);
            case START -> new FirstAnswers(pools, measuringEffort).run();
            case DEATH -> new DeathProgram(measuringEffort).run();
            case ARRAYS -> LargeArrays.measure(measuringEffort);
            case PENDING -> PendingTasks.measure(measuringEffort);
            case RESULTS -> LargeResults.measure(measuringEffort);
            case SCALE -> PoolScale.measure(measuringEffort);
            case IDLE -> BareJvm.rest(pools);
        }
    }

    private static void bare(BenchPart benchPart, MeasuringEffort measuringEffort) throws Exception {
        if (benchPart == BenchPart.START) {
            BareJvm.starts(measuringEffort);
        } else {
            BareJvm.rest();
        }
    }

    static void print(String name, double number) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.4f", number));
    }
}
