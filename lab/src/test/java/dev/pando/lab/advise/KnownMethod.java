package dev.pando.lab.advise;

import dev.pando.Fn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Thirty methods of which it is known what they do, from ten microseconds to a tenth of a second. */
enum KnownMethod {
    TRIAL_DIVISION_OF_10_US(WorkKind.COMPUTES, n -> divisors(n + 9_001)),
    COMPUTES_10_US(WorkKind.COMPUTES, n -> spin(n, 10)),
    COMPUTES_50_US(WorkKind.COMPUTES, n -> spin(n, 50)),
    COMPUTES_200_US(WorkKind.COMPUTES, n -> spin(n, 200)),
    COMPUTES_1_MS(WorkKind.COMPUTES, n -> spin(n, 1_000)),
    COMPUTES_5_MS(WorkKind.COMPUTES, n -> spin(n, 5_000)),
    COMPUTES_20_MS(WorkKind.COMPUTES, n -> spin(n, 20_000)),
    COMPUTES_100_MS(WorkKind.COMPUTES, n -> spin(n, 100_000)),
    SORTS_A_MILLION(WorkKind.COMPUTES, n -> sorted(n, 200_000)),

    FILLS_32_MB(WorkKind.COMPUTES, n -> fill(n, 32)),
    FILLS_8_MB(WorkKind.COMPUTES, n -> fill(n, 8)),
    FILLS_1_MB(WorkKind.COMPUTES, n -> fill(n, 1)),
    MAKES_SMALL_OBJECTS(WorkKind.COMPUTES, n -> boxes(n, 20_000)),
    JOINS_TEXTS(WorkKind.COMPUTES, n -> text(n, 2_000)),

    SLEEPS_100_US(WorkKind.WAITS, n -> park(n, 100)),
    SLEEPS_500_US(WorkKind.WAITS, n -> park(n, 500)),
    SLEEPS_1_MS(WorkKind.WAITS, n -> sleep(n, 1)),
    SLEEPS_5_MS(WorkKind.WAITS, n -> sleep(n, 5)),
    SLEEPS_20_MS(WorkKind.WAITS, n -> sleep(n, 20)),
    SLEEPS_100_MS(WorkKind.WAITS, n -> sleep(n, 100)),

    // Small files that were read before lie in memory: reading them is work of a processor.
    READS_16_KB(WorkKind.COMPUTES, n -> read(n, 16)),
    READS_256_KB(WorkKind.COMPUTES, n -> read(n, 256)),
    READS_4_MB(WorkKind.COMPUTES, n -> read(n, 4_096)),

    LOCKS_50_US(WorkKind.TAKES_TURNS, n -> locked(n, 50)),
    LOCKS_2_MS(WorkKind.TAKES_TURNS, n -> locked(n, 2_000)),
    LOCKS_10_MS_BY_MONITOR(WorkKind.TAKES_TURNS, n -> monitored(n, 10_000)),
    LOCKS_AND_SLEEPS_5_MS(WorkKind.TAKES_TURNS, n -> lockedSleep(n, 5)),

    MIXED_600_US(WorkKind.MIXED, n -> spin(park(n, 300), 300)),
    MIXED_4_MS(WorkKind.MIXED, n -> spin(sleep(n, 2), 2_000)),
    MIXED_30_MS(WorkKind.MIXED, n -> spin(sleep(n, 15), 15_000));

    final WorkKind kind;
    final Fn<Long, Long> fn;

    KnownMethod(WorkKind kind, Fn<Long, Long> fn) {
        this.kind = kind;
        this.fn = fn;
    }

    /** Returns whether these workers suit a method of this kind. */
    boolean isSuitedBy(WorkerCandidate best) {
        int cpus = Runtime.getRuntime().availableProcessors();
        return switch (kind) {
            case COMPUTES ->
                best.workerKind() != WorkerKind.VIRTUAL
                        && best.workers() <= (best.workerKind() == WorkerKind.PROCESSES ? 4 * cpus : cpus + 1);
            case WAITS ->
                best.workerKind() == WorkerKind.VIRTUAL
                        || best.workerKind() == WorkerKind.THREADS && best.workers() > cpus;
            case MIXED -> best.workerKind() != WorkerKind.CALLER;
            case TAKES_TURNS -> best.workerKind() == WorkerKind.CALLER;
            case UNKNOWN -> false;
        };
    }

    /** What the locking methods exclude each other by. */
    private static final class Shared {
        private static final ReentrantLock LOCK = new ReentrantLock();
        private static final Object MONITOR = new Object();
    }

    /** Files made on first use, before any of them is read, and removed when the JVM ends. */
    private static final class Folder {
        private static final Path PLACE = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("pando-known");
                folder.toFile().deleteOnExit();
                for (int kilobytes : new int[] {16, 256, 4_096}) {
                    Path file = folder.resolve(kilobytes + ".bin");
                    Files.write(file, new byte[kilobytes * 1024]);
                    file.toFile().deleteOnExit();
                }
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Path of(int kilobytes) {
            return PLACE.resolve(kilobytes + ".bin");
        }
    }

    /** Steps of {@link #xorshift} in a microsecond: the fastest of several tries, since others only slow one. */
    private static final class Speed {
        private static final long A_MICROSECOND = calibrate();

        private static long calibrate() {
            long best = Long.MAX_VALUE;
            long seed = 1;
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                seed = xorshift(seed, 1_000_000);
                best = Math.min(best, System.nanoTime() - start);
            }
            return Math.max(1, 1_000_000_000L / best) + (seed == 0 ? 1 : 0);
        }
    }

    private static long xorshift(long seed, long steps) {
        long value = seed | 1;
        for (long i = 0; i < steps; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }

    private static long spin(long seed, long micros) {
        return xorshift(seed, micros * Speed.A_MICROSECOND);
    }

    private static long divisors(long number) {
        long found = 0;
        for (long divisor = 1; divisor < 3_000; divisor++) {
            found += number % divisor == 0 ? 1 : 0;
        }
        return found;
    }

    private static long sorted(long seed, int length) {
        long[] numbers = new long[length];
        long value = seed | 1;
        for (int i = 0; i < length; i++) {
            value = xorshift(value, 1);
            numbers[i] = value;
        }
        Arrays.sort(numbers);
        return numbers[length / 2];
    }

    private static long fill(long seed, int megabytes) {
        long sum = 0;
        for (int i = 0; i < megabytes; i++) {
            byte[] some = new byte[1 << 20];
            Arrays.fill(some, (byte) (seed + i));
            sum += some[i];
        }
        return sum;
    }

    private static long boxes(long seed, int count) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(seed + 1_000 + i);
        }
        return all.stream().mapToLong(Long::longValue).sum();
    }

    private static long text(long seed, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append("word ").append(seed + i).append(' ');
        }
        return text.toString().split(" ").length;
    }

    private static long park(long seed, long micros) {
        long end = System.nanoTime() + micros * 1_000;
        for (long left = micros * 1_000; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return seed;
    }

    private static long sleep(long seed, long millis) throws InterruptedException {
        Thread.sleep(millis);
        return seed;
    }

    private static long read(long seed, int kilobytes) throws IOException {
        long sum = seed;
        for (byte one : Files.readAllBytes(Folder.of(kilobytes))) {
            sum += one;
        }
        return sum;
    }

    private static long locked(long seed, long micros) {
        Shared.LOCK.lock();
        try {
            return spin(seed, micros);
        } finally {
            Shared.LOCK.unlock();
        }
    }

    private static long monitored(long seed, long micros) {
        synchronized (Shared.MONITOR) {
            return spin(seed, micros);
        }
    }

    private static long lockedSleep(long seed, long millis) throws InterruptedException {
        Shared.LOCK.lock();
        try {
            return sleep(seed, millis);
        } finally {
            Shared.LOCK.unlock();
        }
    }
}
