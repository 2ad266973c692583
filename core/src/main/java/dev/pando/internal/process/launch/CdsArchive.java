package dev.pando.internal.process.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.classes.CodePlaces;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.util.Uninterruptibly;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file in which the JDK keeps what every worker loads at its start, so that later ones find it ready. Made once for
 * each JDK and Pando, by a JVM that is started for that, for all programs of this user. The JDK looks whether it still
 * fits before it uses it; whatever is wrong with it, workers start without.
 *
 * <pre>
 *   nothing ──make──► KEY.PID.tmp ──whole──► KEY.jsa, never written to again ──a worker died of it, perhaps──► nothing
 *                          ├──failed──► KEY.jsa, empty: not tried again
 *                          └──stopped from outside─► nothing
 * </pre>
 */
final class CdsArchive implements AutoCloseable {
    /** The folder, or {@link #OFF}. */
    static final String FOLDER = "pando.cache";

    static final String OFF = "off";

    private static final String TRAINING = "dev.pando.internal.process.child.ArchiveTraining";

    /** A worker's stderr is its task's: the JDK shall not say there that it does without. */
    private static final String QUIET = "-Xlog:cds*=off,aot*=off:stderr";

    /** If the user passed any of these flags, no archive of Pando's own is added. */
    private static final List<String> ABOUT_ARCHIVES = List.of(
            "-Xshare",
            "-XX:SharedArchiveFile",
            "-XX:ArchiveClassesAtExit",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedClassListFile",
            "-XX:DumpLoadedClassList",
            "-XX:AOT",
            "--module-path",
            "--patch-module",
            "--upgrade-module-path",
            "--limit-modules");

    /** Of one user. Each new version of Pando or of the JDK leaves one behind. */
    private static final int KEPT = 8;

    /** Making an archive takes a quarter of a second: what takes so long has failed. */
    private static final long MAKING_SECONDS = 60;

    /** Exit codes above this mean: killed by signal (code minus this). */
    private static final int SIGNALLED = 128;

    private static final long DRAFT_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** By this program. */
    private static final Set<File> TRIED = ConcurrentHashMap.newKeySet();

    private final OperatingSystem os;
    private final File folder;
    private final File jar;
    private final File file;

    /** The {@code java} and the flags of all workers. */
    private final List<String> command;

    private volatile boolean used;
    private volatile boolean doubted;

    /** How long a maker that was killed may take to end: milliseconds, unless the system itself hangs. */
    private static final int END_SECONDS = 10;

    @GuardedBy("this")
    private @Nullable Process maker;

    @GuardedBy("this")
    private boolean closed;

    CdsArchive(OperatingSystem os, File folder, File jar, List<String> command) {
        this.os = os;
        this.folder = folder.getAbsoluteFile(); // a worker may run in another directory
        this.jar = jar;
        this.command = command;
        this.file = new File(this.folder, key() + ".jsa");
    }

    /**
     * {@code null}: not where Pando is no jar of the class path, nor where the settings refuse one.
     *
     * @param flags of all workers, with their {@code java} before them
     * @param worker the whole command
     */
    static @Nullable CdsArchive of(OperatingSystem os, List<String> flags, List<String> worker) {
        String folder = System.getProperty(FOLDER, "");
        File jar = CodePlaces.jar();
        if (jar == null || folder.equals(OFF)) {
            return null;
        }
        if (worker.stream().anyMatch(argument -> ABOUT_ARCHIVES.stream().anyMatch(argument::startsWith))) {
            return null;
        }
        return new CdsArchive(os, folder.isEmpty() ? folder() : new File(folder), jar, flags);
    }

    private static File folder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        boolean given = cache != null && new File(cache).isAbsolute();
        return new File(given ? cache : System.getProperty("user.home") + "/.cache", "pando");
    }

    /** What a JDK or a Pando that was replaced no longer has. The JDK compares more, and knows what to do about it. */
    private String key() {
        File java = new File(command.getFirst());
        String key = String.join("\n", command) + java.lastModified() + "\n" + jar + jar.length() + "\n"
                + jar.lastModified();
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return Long.toHexString(hash);
    }

    /** The command of a worker that uses it, if it is there. Our jar comes first then: the archive knows no other. */
    List<String> with(List<String> worker) {
        if (doubted || file.length() == 0 || !os.isOnlyMine(folder.toPath())) {
            return worker;
        }
        used = true;
        List<String> with = new ArrayList<>(worker);
        int path = with.lastIndexOf("-cp");
        with.set(path + 1, jar + File.pathSeparator + with.get(path + 1));
        with.addAll(path, List.of("-XX:SharedArchiveFile=" + file, QUIET)); // after all that was said about logs
        return with;
    }

    /** Starts making the archive, unless that was tried before. Returns at once. */
    void make() {
        if (file.exists() || !TRIED.add(file)) {
            return;
        }
        Thread.ofVirtual().name("pando-archive").start(() -> {
            try {
                makeNow();
            } catch (IOException | InterruptedException none) {
                // workers go on to start without
            }
        });
    }

    void makeNow() throws IOException, InterruptedException {
        Files.createDirectories(
                folder.toPath(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!os.isOnlyMine(folder.toPath())) {
            return; // it would be code that another user may replace
        }
        tidy();
        Path draft =
                new File(folder, file.getName() + "." + ProcessHandle.current().pid() + ".tmp").toPath();
        Process process = start(draft);
        if (process == null) {
            return;
        }
        boolean late = !process.waitFor(MAKING_SECONDS, TimeUnit.SECONDS);
        if (late) {
            process.destroyForcibly().waitFor();
        }
        boolean stopped = !late && process.exitValue() > SIGNALLED; // by Ctrl-C, perhaps, or because our pool has ended
        if (stopped) {
            Files.deleteIfExists(draft);
        }
        if (stopped) {
            return;
        }
        boolean whole = process.exitValue() == 0 && Files.exists(draft);
        try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            if (!whole) {
                written.truncate(0);
            }
            written.force(true); // a machine that dies now leaves it whole or not at all
        }
        Files.move(draft, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
    }

    private synchronized @Nullable Process start(Path draft) throws IOException {
        if (closed) {
            return null;
        }
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + draft, "-cp", jar.getPath(), TRAINING));
        ProcessBuilder builder = new ProcessBuilder(line);
        WorkerLauncher.forget(builder.environment());
        builder.directory(folder); // where it may tell how it crashed
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        maker = process;
        return process;
    }

    /** What others left behind when they died, and what is too old to be of use. */
    private void tidy() throws IOException {
        try (Stream<Path> there = Files.list(folder.toPath())) {
            List<File> oldest = there.map(Path::toFile)
                    .sorted(Comparator.comparingLong(File::lastModified))
                    .toList();
            long archives = oldest.stream().filter(CdsArchive::isArchive).count();
            for (File each : oldest) {
                boolean left = each.getName().endsWith(".tmp")
                        && System.currentTimeMillis() - each.lastModified() > DRAFT_MILLIS;
                if (left || (isArchive(each) && archives-- >= KEPT)) {
                    Files.deleteIfExists(each.toPath());
                }
            }
        }
    }

    private static boolean isArchive(File file) {
        return file.getName().endsWith(".jsa");
    }

    /** A worker died before it was ready, for an unknown reason: the archive is one that it may have been. */
    void doubt() {
        doubted = true;
        if (used && file.length() > 0 && os.isOnlyMine(folder.toPath())) {
            var _ = file.delete();
        }
    }

    /** The pool is closed: nothing waits for the archive any more. */
    @Override
    public void close() {
        Process making;
        synchronized (this) {
            closed = true;
            making = maker;
        }
        if (making != null) {
            making.destroyForcibly();
            // or else a process of the pool's would still be there for a moment after the pool has closed
            Uninterruptibly.await(() -> {
                var _ = making.waitFor(END_SECONDS, TimeUnit.SECONDS);
            });
        }
    }
}
