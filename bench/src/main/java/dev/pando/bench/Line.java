package dev.pando.bench;

import static dev.pando.bench.Peer.BARE;
import static dev.pando.bench.Peer.FORK;
import static dev.pando.bench.Peer.JOBLIB;
import static dev.pando.bench.Peer.LOKY;
import static dev.pando.bench.Peer.MP;
import static dev.pando.bench.Peer.PANDO;
import static dev.pando.bench.Peer.PEBBLE;
import static dev.pando.bench.Peer.PISCINA;
import static dev.pando.bench.Peer.PP4J;
import static dev.pando.bench.Peer.SPAWN;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A number that programs print, and the peers that print it. Arrays are elsewhere: each size has a line. */
enum Line {
    CALL_P50(Part.CALLS, "call.p50", "empty task, one at a time: median, µs", true, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, PISCINA),
    CALL_P99(Part.CALLS, "call.p99", "the same: 99th percentile, µs", true, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, PISCINA),
    BURST(Part.CALLS, "burst", "10 000 submitted, then awaited: tasks/s", false, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, PISCINA),
    MAP(Part.CALLS, "map", "map of 1 000 000 tiny elements, chunks of 100, ours automatic: items/s", false, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE),
    MAP_BY_ITSELF(Part.CALLS, "map.itself", "the same, everybody's chunks automatic: items/s", false, PANDO, MP, JOBLIB),
    COMPUTE(Part.COMPUTE, "compute", "tasks of 1 ms CPU, 2 workers: times as fast as 1 thread", false, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, PISCINA),
    COMPUTE_LIMIT(Part.COMPUTE, "compute.limit", "limit: the same by 2 threads without a pool", false, PANDO),
    START_NEW(Part.START, "start.new", "open a pool of one, first answer: ms", true, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, PISCINA),
    START_FIRST(Part.START, "start.first", "the same, the first pool of a program: ms", true, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, PISCINA),
    START_RESTED(Part.START, "start.rested", "first task on a worker that waited for a second: ms", true, PANDO, MP, PP4J, PISCINA),
    BARE_BYTE(Part.START, "bare.byte", "limit: a bare JVM with a worker's flags, first byte: ms", true, BARE),
    BARE_EXIT(Part.START, "bare.exit", "the same, until it has ended: ms", true, BARE),
    KILL(Part.DEATH, "kill", "the only worker is killed at work, next answer: ms", true, PANDO, FORK, SPAWN, LOKY, PEBBLE, PISCINA),
    KILL_SPARE(Part.DEATH, "kill.spare", "the same with a spare ready, next answer: ms", true, PANDO),
    BARE_NEXT(Part.DEATH, "bare.next", "limit: a bare JVM with a worker's flags is killed at work, and then another is started, first byte: ms", true, PANDO),
    BARE_STAND_IN(Part.DEATH, "bare.stand.in", "limit: one that holds as much as a worker is killed, and then another that has waited makes its first lambda of a class: ms", true, PANDO),
    KILL_TOLD(Part.DEATH, "kill.told", "limit: until the system tells of the end of a killed worker: ms", true, PANDO),
    TIMEOUT(Part.DEATH, "timeout", "hard timeout of 50 ms: process dead, beyond timeout and grace, ms", true, PANDO, PEBBLE),
    BARE_ENDED(Part.DEATH, "bare.ended", "limit: a bare JVM, killed after 50 and 20 ms by the JDK's timer, beyond these: ms", true, PANDO),
    TIMEOUT_SPARE(Part.DEATH, "timeout.spare", "hard timeout while the next spare starts: ms", true, PANDO),
    BARE_ENDED_STARTING(Part.DEATH, "bare.ended.starting", "limit: a bare JVM, killed in the same way while another starts: ms", true, PANDO),
    RESIDENT(Part.IDLE, "resident", "idle worker, resident: MiB", true, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, BARE),
    PROPORTIONAL(Part.IDLE, "proportional", "the same, shared pages divided by who shares them: MiB", true, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, BARE),
    BURNT(Part.IDLE, "burnt", "idle pool of 2 and its program: ms of CPU a second", true, PANDO, FORK, SPAWN, MP, LOKY, PEBBLE, PP4J, PISCINA, BARE);

    final Part part;
    final String key;
    final String title;
    final boolean lessIsBetter;
    final Set<Peer> who;

    Line(Part part, String key, String title, boolean lessIsBetter, Peer first, Peer... others) {
        this.part = part;
        this.key = key;
        this.title = title;
        this.lessIsBetter = lessIsBetter;
        this.who = EnumSet.of(first, others);
    }

    /** Returns the peers that have a line in this part. */
    static List<Peer> peers(Part part) {
        if (part == Part.ARRAYS) return List.of(PANDO, Peer.NUMPY);
        EnumSet<Peer> peers = EnumSet.noneOf(Peer.class);
        for (Line line : values()) if (line.part == part) peers.addAll(line.who);
        return List.copyOf(peers);
    }
}
