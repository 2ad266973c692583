package dev.pando.bench;

import java.util.Arrays;
import java.util.List;

/**
 * The durations and repetitions of a program of {@link Peers}. Scripts in other languages use the same names.
 */
record MeasuringEffort(List<String> amounts) {

    static final MeasuringEffort FULL = new MeasuringEffort(List.of(
            "warm=3000",
            "toil=15000",
            "archive=3000",
            "measure=2000",
            "burst=10000",
            "elements=1000000",
            "tasks=1000",
            "repeats=7",
            "colds=15",
            "starts=10",
            "rests=5",
            "rest=1000",
            "kills=10",
            "spareKills=16",
            "spare=1500",
            "timeoutsBefore=5",
            "timeouts=70",
            "kib=64,128,1024,8192,65536",
            "copies=20",
            "pending=100000,1000000",
            "scale=1,4,16,64",
            "links=100000",
            "numbers=10000000",
            "bytes=1073741824",
            "settle=12000",
            "idle=10000"));

    /** Rough numbers for each line, in two minutes and a quarter. */
    static final MeasuringEffort QUICK = new MeasuringEffort(List.of(
            "warm=500",
            "toil=2000",
            "archive=3000",
            "measure=300",
            "burst=10000",
            "elements=1000000",
            "tasks=200",
            "repeats=3",
            "colds=5",
            "starts=3",
            "rests=1",
            "rest=1000",
            "kills=3",
            "spareKills=2",
            "spare=1500",
            "timeoutsBefore=3",
            "timeouts=12",
            "kib=64,1024,65536",
            "copies=5",
            "pending=100000,1000000",
            "scale=1,4,16,64",
            "links=100000",
            "numbers=10000000",
            "bytes=1073741824",
            "settle=500",
            "idle=1000"));

    /** The least that runs, for tests. */
    static final MeasuringEffort TINY = new MeasuringEffort(List.of(
            "warm=0",
            "toil=0",
            "archive=0",
            "measure=0",
            "burst=50",
            "elements=200",
            "tasks=4",
            "repeats=1",
            "colds=1",
            "starts=1",
            "rests=1",
            "rest=20",
            "kills=1",
            "spareKills=1",
            "spare=500",
            "timeoutsBefore=0",
            "timeouts=1",
            "kib=16,256",
            "copies=1",
            "pending=50",
            "scale=1,2",
            "links=100",
            "numbers=100",
            "bytes=100000",
            "settle=0",
            "idle=50"));

    int of(String name) {
        return Integer.parseInt(text(name));
    }

    /** Returns the sizes of arrays. */
    List<Integer> kib() {
        return list("kib");
    }

    List<Integer> list(String name) {
        return Arrays.stream(text(name).split(",")).map(Integer::parseInt).toList();
    }

    private String text(String name) {
        return amounts.stream()
                .filter(amount -> amount.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
