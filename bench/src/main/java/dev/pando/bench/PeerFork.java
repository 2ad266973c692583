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
        Effort effort = new Effort(Arrays.stream(args).skip(2).toList());
        boolean bare = args[0].equals(Peer.BARE.key());
        if (args[1].equals("version")) System.out.println("version " + (bare ? JavaPool.PANDO : JavaPool.of(args[0])).version());
        else if (bare) bare(Part.valueOf(args[1].toUpperCase(Locale.ROOT)), effort);
        else measure(JavaPool.of(args[0]), Part.valueOf(args[1].toUpperCase(Locale.ROOT)), effort);
        System.exit(0); // PP4J leaves threads behind after a failure
    }

    private static void measure(JavaPool pools, Part part, Effort effort) throws Exception {
        switch (part) {
            case CALLS -> new Calls(pools, effort).run();
            case COMPUTE -> new Compute(pools, effort).run();
            case START -> new FirstAnswers(pools, effort).run();
            case DEATH -> new Deaths(effort).run();
            case ARRAYS -> LargeArrays.measure(effort);
            case IDLE -> Bare.rest(pools);
        }
    }

    private static void bare(Part part, Effort effort) throws Exception {
        if (part == Part.START) Bare.starts(effort);
        else Bare.rest();
    }

    static void print(String name, double number) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.4f", number));
    }
}
