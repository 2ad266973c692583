package dev.pando.internal.process.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What plain Java can do on any system. Descendants of a worker that died first are not found. */
final class PlainJavaSystem extends OperatingSystem {
    private final InstantSource clock;

    /**
     * When {@link System#nanoTime} was 0, by the clock as it was set before the run. Processes tell by that clock when
     * they started, and it may be set anew during the run.
     */
    private volatile Instant zeroBefore;

    PlainJavaSystem(InstantSource clock) {
        this.clock = clock;
        this.zeroBefore = zero();
    }

    static OperatingSystem create() {
        return new PlainJavaSystem(InstantSource.system());
    }

    private Instant zero() {
        return clock.instant().minusNanos(System.nanoTime());
    }

    @Override
    public List<String> detached(List<String> command) {
        return List.copyOf(command);
    }

    @Override
    public InputStream commands() {
        return stdin();
    }

    @Override
    public OutputStream answers() {
        return stdout();
    }

    @Override
    public boolean isStopped(long pid) {
        return false;
    }

    @Override
    public boolean hasEnded(long pid) {
        return false;
    }

    @Override
    public OptionalLong resident(long pid) {
        return OptionalLong.empty();
    }

    @Override
    public Map<Long, String> runningThreads(long pid) {
        return Map.of();
    }

    @Override
    public Optional<String> signal(int exitCode) {
        return Optional.empty();
    }

    @Override
    public ProcessTree family(long leader, String mark) {
        Optional<ProcessHandle> worker = ProcessHandle.of(leader); // now: a handle taken later may be another process's
        return () -> worker.map(PlainJavaSystem::end).orElse(0);
    }

    private static int end(ProcessHandle worker) {
        // before it dies and they are orphans
        List<ProcessHandle> family = new ArrayList<>(worker.descendants().toList());
        family.addFirst(worker);
        int ended = 0;
        for (ProcessHandle member : family) {
            if (member.isAlive() && member.destroyForcibly()) {
                ended++;
            }
        }
        return ended;
    }

    @Override
    public void endFamilySince(long nanos, long lastNumber) {
        Instant now = zero();
        // the earlier of both, or else a process of the run would go on where the clock was set in between
        Instant since = (now.isBefore(zeroBefore) ? now : zeroBefore).plusNanos(nanos);
        ProcessHandle.current()
                .descendants()
                .filter(one -> one.info()
                        .startInstant()
                        .filter(start -> !start.isBefore(since))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public long lastProcessNumber() {
        zeroBefore = zero();
        return 0;
    }

    @Override
    public void endOwnFamily() {
        try {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public List<String> orphanWatch(String marks, String folders) {
        return List.of();
    }

    /** A file with a name, which an orderly end removes. */
    @Override
    public SharedFile memory(long bytes) throws IOException {
        Path file = Files.createTempFile("pando-memory-", "");
        file.toFile().deleteOnExit();
        SharedFile memory = new SharedFile(
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                file.toString(),
                file.toString());
        try {
            SharedFile.reserve(memory.channel(), bytes);
        } catch (Throwable t) {
            memory.close();
            throw t;
        }
        return memory;
    }

    @Override
    public boolean canSeal(boolean prepare) {
        return false;
    }

    @Override
    public SharedFile sealedMemory(long bytes) throws IOException {
        return memory(bytes);
    }

    @Override
    public String whyUnsealed() {
        return "there is no memory on this system whose size can be sealed: Linux has it";
    }

    @Override
    public boolean isOnlyMine(Path folder) {
        return false;
    }

    @Override
    public @Nullable OwnFile ownFile(Path file) {
        return null;
    }

    @Override
    public OptionalLong oomKills() {
        return OptionalLong.empty();
    }
}
