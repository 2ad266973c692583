package dev.pando.lab.advise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Measures how much of this machine other programs and the host of a virtual machine took since construction. Linux
 * only.
 */
final class NeighbourLoad {
    /** Of {@code /proc/stat}: user, nice, system, then past idle and iowait irq, softirq, steal; all in ticks. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    /** Of {@code /proc/self/stat}, past the name: user and system time of this process and of its ended children. */
    private static final int[] OURS = {11, 12, 13, 14};

    private static final int IDLE = 4;
    private static final int WAITING = 5;

    private final long[] before = now();

    /** Returns the share of all processors' time that went to others, or 0 where the system does not tell. */
    double share() {
        long[] now = now();
        long total = now[0] - before[0];
        long others = (now[1] - before[1]) - (now[2] - before[2]);
        return total <= 0 ? 0 : Math.max(0, (double) others / total);
    }

    /** Returns all time, the busy part of it, and the part of this process. */
    private static long[] now() {
        try {
            String[] machine = Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .split(" +");
            String self = Files.readString(Path.of("/proc/self/stat"));
            String[] ours = self.substring(self.lastIndexOf(')') + 2).split(" ");
            long busy = sum(machine, BUSY);
            return new long[] {busy + sum(machine, IDLE, WAITING), busy, sum(ours, OURS)};
        } catch (IOException notLinux) {
            return new long[3];
        }
    }

    private static long sum(String[] fields, int... which) {
        return IntStream.of(which)
                .mapToLong(field -> Long.parseLong(fields[field]))
                .sum();
    }
}
