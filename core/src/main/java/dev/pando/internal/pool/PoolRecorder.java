package dev.pando.internal.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.PoolRecording;
import dev.pando.internal.util.ChunkFiles;
import dev.pando.internal.util.SystemTimer;
import dev.pando.spi.RecordingPlan;
import dev.pando.spi.VisibleEngine;
import dev.pando.spi.WorkerRecordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The recording of a program and of the workers of one pool. Each JVM records itself; the files are put together when
 * one is wanted. A JVM that finds no room for its recording ends itself, program and workers alike, so that all of them
 * stop to record while there is room.
 */
public final class PoolRecorder implements PoolRecording {
    private static final long BEGIN_NANOS = 10_000_000_000L;
    private static final long WRITE_NANOS = 30_000_000_000L;
    private static final long END_NANOS = 5_000_000_000L;

    /** How often it looks at the disk: a JVM brings its events there each second. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    /** What has to be free on the disk: many times what a JVM that records much writes until the next look. */
    private static final long LEAST_ROOM = 256L << 20;

    private final String pool;
    private final @Nullable WorkerRecordings workers;
    private final Path folder;
    private final Recording own;
    private final SystemTimer timer;
    private final LongSupplier room;

    /** What was not recorded from the beginning, and why. */
    @GuardedBy("this")
    private final Map<String, String> missing = new LinkedHashMap<>();

    @GuardedBy("this")
    private boolean isOver;

    @GuardedBy("this")
    private boolean isClosed;

    private PoolRecorder(StatsReader stats, Path folder, Recording own, LongSupplier room) {
        this.pool = stats.name();
        this.workers = stats.engine() instanceof VisibleEngine visible ? visible.recordings() : null;
        this.folder = folder;
        this.own = own;
        this.room = room;
        this.timer = new SystemTimer(
                Thread.ofPlatform().daemon().name(pool + "-recording").factory());
    }

    /** As {@link dev.pando.Recordings#start}. */
    public static PoolRecording start(
            StatsReader stats, Map<String, String> settings, boolean isDetailed, long mostBytes) {
        try {
            Map<String, String> all = new HashMap<>(Configuration.getConfiguration(isDetailed ? "profile" : "default")
                    .getSettings());
            all.putAll(settings);
            Path folder = Files.createTempDirectory("pando-recording-").toAbsolutePath();
            try {
                return start(stats, all, mostBytes, folder, folder.toFile()::getUsableSpace);
            } catch (Throwable t) {
                Files.deleteIfExists(folder);
                throw t;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("pool " + stats.name() + " cannot be recorded", e);
        } catch (ParseException e) {
            throw new IllegalStateException("the settings of this Java's recorder cannot be read", e);
        }
    }

    /** @param room how many bytes are free where recordings are kept */
    static PoolRecorder start(
            StatsReader stats, Map<String, String> settings, long mostBytes, Path folder, LongSupplier room)
            throws IOException {
        if (room.getAsLong() < LEAST_ROOM) {
            throw new IOException("less than " + (LEAST_ROOM >> 20) + " MiB are free where " + folder + " is");
        }
        Recording own = new Recording(settings);
        PoolRecorder recorder = new PoolRecorder(stats, folder, own, room);
        try {
            own.setName("pool " + stats.name());
            own.setToDisk(true);
            own.setMaxSize(mostBytes);
            own.start();
            recorder.begin(new RecordingPlan(settings, mostBytes, folder));
        } catch (Throwable t) {
            own.close();
            recorder.timer.close();
            throw t;
        }
        return recorder;
    }

    private synchronized void begin(RecordingPlan plan) {
        if (workers != null) {
            missing.putAll(workers.begin(plan, BEGIN_NANOS));
        }
        lookLater();
    }

    private void lookLater() {
        var _ = timer.after(LOOK_NANOS, this::look);
    }

    /** Stops the recording if little room is left on the disk, with what it has so far. */
    synchronized void look() {
        if (isOver) {
            return;
        }
        if (room.getAsLong() >= LEAST_ROOM) {
            lookLater();
            return;
        }
        String reason = "the recording was stopped at " + Instant.now() + ": less than " + (LEAST_ROOM >> 20)
                + " MiB were free on the disk";
        System.getLogger("dev.pando").log(System.Logger.Level.WARNING, "pool " + pool + ": " + reason);
        missing.put(pool, reason);
        own.stop();
        end(WRITE_NANOS);
    }

    @GuardedBy("this")
    private void end(long patienceNanos) {
        isOver = true;
        if (workers != null) {
            missing.putAll(workers.end(patienceNanos));
        }
    }

    @Override
    public synchronized Map<String, String> dump(Path file) throws IOException {
        if (isClosed) {
            throw new IllegalStateException("the recording of pool " + pool + " is closed");
        }
        Map<String, String> failures = new LinkedHashMap<>();
        Path now = Files.createTempDirectory(folder, "now-");
        Path whole = file.resolveSibling(file.getFileName() + ".part");
        try {
            List<Path> parts = new ArrayList<>();
            parts.add(now.resolve("0.jfr"));
            if (!isOver && workers != null) {
                failures.putAll(workers.write(now, WRITE_NANOS));
            }
            own.dump(parts.getFirst()); // last, so that it has the end of each task whose run is in the other files
            failures.putAll(missing);
            List<Path> left = ChunkFiles.in(folder);
            for (Path living : ChunkFiles.in(now)) {
                // or else what a worker has written and then left at its end would be there twice
                if (!left.contains(folder.resolve(living.getFileName())) && !parts.contains(living)) {
                    parts.add(living);
                }
            }
            parts.addAll(left);
            Files.deleteIfExists(whole); // of a program that ended while it wrote
            ChunkFiles.join(parts, whole);
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
            ChunkFiles.delete(now);
        }
        return Map.copyOf(failures);
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        timer.close();
        own.close();
        if (!isOver) {
            end(END_NANOS);
        }
        try {
            ChunkFiles.delete(folder);
        } catch (IOException e) {
            System.getLogger("dev.pando")
                    .log(System.Logger.Level.WARNING, "a temporary folder could not be deleted", e);
        }
    }
}
