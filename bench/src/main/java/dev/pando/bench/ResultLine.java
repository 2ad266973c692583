package dev.pando.bench;

import static dev.pando.bench.PeerKind.BARE;
import static dev.pando.bench.PeerKind.FORK;
import static dev.pando.bench.PeerKind.JOBLIB;
import static dev.pando.bench.PeerKind.LOKY;
import static dev.pando.bench.PeerKind.MP;
import static dev.pando.bench.PeerKind.PANDO;
import static dev.pando.bench.PeerKind.PEBBLE;
import static dev.pando.bench.PeerKind.PISCINA;
import static dev.pando.bench.PeerKind.PP4J;
import static dev.pando.bench.PeerKind.SPAWN;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A number that programs print, and the peers that print it. Arrays are elsewhere: each size has a line. */
enum ResultLine {
    CALL_P50(
            BenchPart.CALLS,
            "call.p50",
            "empty task, one at a time: median, µs",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            PISCINA),
    CALL_P99(
            BenchPart.CALLS,
            "call.p99",
            "the same: 99th percentile, µs",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            PISCINA),
    BURST(
            BenchPart.CALLS,
            "burst",
            "10 000 submitted, then awaited: tasks/s",
            false,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            PISCINA),
    ROW(BenchPart.ROWS, "row.p50", "a method reference and a number, one at a time: median, µs", true, PANDO, FORK),
    ROW_BURST(BenchPart.ROWS, "row.burst", "the same, 10 000 submitted, then awaited: tasks/s", false, PANDO, FORK),
    ROW_BUSY(
            BenchPart.ROWS,
            "row.busy.p50",
            "the same beside a busy loop per processor, one at a time: median, µs",
            true,
            PANDO,
            FORK),
    ROW_BURST_BUSY(
            BenchPart.ROWS,
            "row.busy.burst",
            "the same beside busy loops, 10 000 submitted, then awaited: tasks/s",
            false,
            PANDO,
            FORK),
    MAP(
            BenchPart.CALLS,
            "map",
            "map of 1 000 000 tiny elements, chunks of 100, ours automatic: items/s",
            false,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE),
    MAP_BY_ITSELF(
            BenchPart.CALLS,
            "map.itself",
            "the same, chunks chosen by each library: items/s",
            false,
            PANDO,
            MP,
            JOBLIB),
    COMPUTE(
            BenchPart.COMPUTE,
            "compute",
            "tasks of 1 ms CPU, 2 workers: times as fast as 1 thread",
            false,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            PISCINA),
    COMPUTE_LIMIT(BenchPart.COMPUTE, "compute.limit", "limit: the same by 2 threads without a pool", false, PANDO),
    COLD_FIRST(
            BenchPart.COLD,
            "cold.first",
            "a fresh program opens a pool of two, first result: ms",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP),
    COLD_HUNDRED(
            BenchPart.COLD,
            "cold.hundred",
            "the same, 100 tasks one after the other: ms",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP),
    COLD_WHOLE(
            BenchPart.COLD,
            "cold.whole",
            "from the start of the program to its first result: ms",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP),
    COLD_HELLO(BenchPart.COLD, "cold.hello", "limit: from the start of a bare JVM to its hello: ms", true, PANDO),
    COLD_THREADS(
            BenchPart.COLD,
            "cold.threads",
            "from the start of a program to its first result on `Threads.of(2)`: ms",
            true,
            PANDO),
    COLD_EXECUTOR(BenchPart.COLD, "cold.executor", "the same on the JDK's `ThreadPoolExecutor`: ms", true, PANDO),
    START_NEW(
            BenchPart.START,
            "start.new",
            "open a pool of one, first answer: ms",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            PISCINA),
    START_FIRST(
            BenchPart.START,
            "start.first",
            "the same, the first pool of a program: ms",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            PISCINA),
    START_RESTED(
            BenchPart.START,
            "start.rested",
            "first task on a worker that waited for a second: ms",
            true,
            PANDO,
            MP,
            PP4J,
            PISCINA),
    BARE_BYTE(BenchPart.START, "bare.byte", "limit: a bare JVM with a worker's flags, first byte: ms", true, BARE),
    BARE_EXIT(BenchPart.START, "bare.exit", "the same, until it has ended: ms", true, BARE),
    KILL(
            BenchPart.DEATH,
            "kill",
            "the only worker is killed at work, next answer: ms",
            true,
            PANDO,
            FORK,
            SPAWN,
            LOKY,
            PEBBLE,
            PISCINA),
    KILL_SPARE(BenchPart.DEATH, "kill.spare", "the same with a spare ready, next answer: ms", true, PANDO),
    BARE_NEXT(
            BenchPart.DEATH,
            "bare.next",
            "limit: a bare JVM with a worker's flags is killed at work, and then another is started, first byte: ms",
            true,
            PANDO),
    BARE_STAND_IN(
            BenchPart.DEATH,
            "bare.stand.in",
            "limit: one that holds as much as a worker is killed, and then another that has waited makes its first"
                    + " lambda of a class: ms",
            true,
            PANDO),
    KILL_TOLD(
            BenchPart.DEATH,
            "kill.told",
            "limit: until the system tells of the end of a killed worker: ms",
            true,
            PANDO),
    TIMEOUT(
            BenchPart.DEATH,
            "timeout",
            "hard timeout of 50 ms: process dead, beyond timeout and grace, ms",
            true,
            PANDO,
            PEBBLE),
    BARE_ENDED(
            BenchPart.DEATH,
            "bare.ended",
            "limit: a bare JVM, killed after 50 and 20 ms by the JDK's timer, beyond these: ms",
            true,
            PANDO),
    TIMEOUT_SPARE(BenchPart.DEATH, "timeout.spare", "hard timeout while the next spare starts: ms", true, PANDO),
    BARE_ENDED_STARTING(
            BenchPart.DEATH,
            "bare.ended.starting",
            "limit: a bare JVM, killed in the same way while another starts: ms",
            true,
            PANDO),
    LINKED(
            BenchPart.RESULTS,
            "linked",
            "a linked list of 100 000 numbers (Python's: a list) as a result: ms",
            true,
            PANDO,
            FORK),
    LINKED_HERE(BenchPart.RESULTS, "linked.here", "the same: most memory of the program, MiB", true, PANDO, FORK),
    LINKED_THERE(BenchPart.RESULTS, "linked.there", "the same: of the worker, MiB", true, PANDO, FORK),
    BOXED(BenchPart.RESULTS, "boxed", "a list of 10 000 000 numbers as a result: ms", true, PANDO, FORK),
    BOXED_HERE(BenchPart.RESULTS, "boxed.here", "the same: most memory of the program, MiB", true, PANDO, FORK),
    BOXED_THERE(BenchPart.RESULTS, "boxed.there", "the same: of the worker, MiB", true, PANDO, FORK),
    BYTES(BenchPart.RESULTS, "bytes", "a gigabyte of bytes as a result: ms", true, PANDO, FORK),
    BYTES_HERE(BenchPart.RESULTS, "bytes.here", "the same: most memory of the program, MiB", true, PANDO, FORK),
    BYTES_THERE(BenchPart.RESULTS, "bytes.there", "the same: of the worker, MiB", true, PANDO, FORK),
    RESIDENT(
            BenchPart.IDLE,
            "resident",
            "idle worker, resident: MiB",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            BARE),
    PROPORTIONAL(
            BenchPart.IDLE,
            "proportional",
            "the same, shared pages divided by the number of their processes: MiB",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            BARE),
    BURNT(
            BenchPart.IDLE,
            "burnt",
            "idle pool of 2 and its program: ms of CPU a second",
            true,
            PANDO,
            FORK,
            SPAWN,
            MP,
            LOKY,
            PEBBLE,
            PP4J,
            PISCINA,
            BARE);

    final BenchPart benchPart;
    final String key;
    final String title;
    final boolean lessIsBetter;
    final Set<PeerKind> who;

    ResultLine(
            BenchPart benchPart, String key, String title, boolean lessIsBetter, PeerKind first, PeerKind... others) {
        this.benchPart = benchPart;
        this.key = key;
        this.title = title;
        this.lessIsBetter = lessIsBetter;
        this.who = EnumSet.of(first, others);
    }

    /** Returns the peers that have a line in this part. */
    static List<PeerKind> peers(BenchPart benchPart) {
        if (benchPart == BenchPart.ARRAYS) {
            return List.of(PANDO, PeerKind.NUMPY);
        }
        if (benchPart == BenchPart.PENDING) {
            return List.of(PANDO);
        }
        if (benchPart == BenchPart.SCALE) {
            return List.of(PANDO, FORK);
        }
        EnumSet<PeerKind> peers = EnumSet.noneOf(PeerKind.class);
        for (ResultLine resultLine : values()) {
            if (resultLine.benchPart == benchPart) {
                peers.addAll(resultLine.who);
            }
        }
        return List.copyOf(peers);
    }
}
