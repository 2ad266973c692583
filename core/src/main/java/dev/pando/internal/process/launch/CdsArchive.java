package dev.pando.internal.process.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.classes.CodePlaces;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.OwnFile;
import dev.pando.internal.util.Uninterruptibly;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file in which the JDK keeps what every worker loads at its start, so that later ones find it ready. Made once for
 * each JDK and Pando, by a JVM that is started for that, for all programs of this user. The JDK looks whether it still
 * fits before it uses it; whatever is wrong with it, workers start without.
 *
 * <pre>
 *   nothing ──make──► draft ──whole──► archive ──a worker died of it, perhaps──► nothing
 *                       ├──failed──► a mark: not tried again
 *                       └──stopped from outside─► nothing
 * </pre>
 */
final class CdsArchive implements AutoCloseable {
    /** The folder, or {@link #OFF}. */
    static final String FOLDER = "pando.cache";

    static final String OFF = "off";

    private static final String TRAINING = "dev.pando.internal.process.child.ArchiveTraining";

    /** A worker's stderr is its task's: the JDK shall not say there that it does without. */
    private static final String QUIET = "-Xlog:cds*=off,aot*=off:stderr";

    /**
     * If the user passed any of these flags, no archive of Pando's own is added. A debugger's word, where it listens,
     * must be seen before the worker begins, and that of a JVM with an archive is not.
     */
    private static final List<String> ABOUT_ARCHIVES = List.of(
            "-Xshare",
            "-XX:SharedArchiveFile",
            "-XX:ArchiveClassesAtExit",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedClassListFile",
            "-XX:DumpLoadedClassList",
            "-XX:AOT",
            "-agentlib:jdwp",
            "-Xrunjdwp",
            "--module-path",
            "--patch-module",
            "--upgrade-module-path",
            "--limit-modules");

    /** Making an archive takes a quarter of a second: what takes so long has failed. */
    private static final long MAKING_SECONDS = 60;

    /** Exit codes above this mean: killed by signal (code minus this). */
    private static final int SIGNALLED = 128;

    /** By this program. */
    private static final Set<String> TRIED = ConcurrentHashMap.newKeySet();

    /** The archives that this program found whole; open as long as it lives, so that each is checked once. */
    @GuardedBy("itself")
    private static final Map<String, OwnFile> OPENED = new HashMap<>();

    private final ArchiveFolder folder;
    private final File jar;

    /** The {@code java} and the flags of all workers. */
    private final List<String> command;

    private volatile boolean used;
    private volatile boolean doubted;

    /** How long a maker that was killed may take to end: milliseconds, unless the system itself hangs. */
    private static final int END_SECONDS = 10;

    @GuardedBy("this")
    private @Nullable Process maker;

    @GuardedBy("this")
    private @Nullable Thread making;

    @GuardedBy("this")
    private boolean closed;

    CdsArchive(OperatingSystem os, File folder, File jar, List<String> command) {
        this.jar = jar;
        this.command = command;
        this.folder = new ArchiveFolder(os, folder, facts());
    }

    /**
     * {@code null}: not where Pando is no jar of the class path, nor where the settings refuse one.
     *
     * @param folder the value of {@link #FOLDER}, empty for none
     * @param flags of all workers, with their {@code java} before them
     * @param worker the whole command
     */
    static @Nullable CdsArchive of(OperatingSystem os, String folder, List<String> flags, List<String> worker) {
        File jar = CodePlaces.jar();
        if (jar == null || folder.equals(OFF)) {
            return null;
        }
        for (String argument : worker) {
            if (InheritedArguments.starts(argument, ABOUT_ARCHIVES)) {
                return null;
            }
        }
        return new CdsArchive(os, folder.isEmpty() ? folder() : new File(folder), jar, flags);
    }

    private static File folder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        boolean given = cache != null && new File(cache).isAbsolute();
        return new File(given ? cache : System.getProperty("user.home") + "/.cache", "pando");
    }

    /** What a JDK or a Pando that was replaced no longer has. The JDK compares more, and knows what to do about it. */
    private String facts() {
        File java = new File(command.getFirst());
        return String.join("\n", command) + java.lastModified() + "\n" + jar + jar.length() + "\n" + jar.lastModified();
    }

    /** The command of a worker that uses it, if it is there. Our jar comes first then: the archive knows no other. */
    List<String> with(List<String> worker) {
        OwnFile archive = doubted ? null : opened();
        if (archive == null) {
            return worker;
        }
        used = true;
        List<String> with = new ArrayList<>(worker);
        int path = with.lastIndexOf("-cp");
        with.set(path + 1, jar + File.pathSeparator + with.get(path + 1));
        with.addAll(path, List.of("-XX:SharedArchiveFile=" + archive.where(), QUIET)); // after all words about logs
        return with;
    }

    /** Loops and locks here and in {@link ArchiveFolder}, no lambdas: a fresh program's first result waits for this. */
    private @Nullable OwnFile opened() {
        synchronized (OPENED) {
            OwnFile known = OPENED.get(folder.name());
            if (known == null) {
                known = folder.find();
                if (known != null) {
                    OPENED.put(folder.name(), known);
                }
            }
            return known;
        }
    }

    /** Starts making the archive, unless that was tried before. Returns at once. */
    void make() {
        if (folder.isSettled() || !TRIED.add(folder.name())) {
            return;
        }
        Thread thread = Thread.ofPlatform().daemon().name("pando-archive").unstarted(() -> {
            try {
                makeNow();
            } catch (IOException | InterruptedException none) {
                // workers go on to start without
            }
        });
        synchronized (this) {
            if (!closed) {
                thread.start();
                making = thread;
            }
        }
    }

    void makeNow() throws IOException, InterruptedException {
        Path draft = folder.draft();
        if (draft == null) {
            return;
        }
        try {
            makeIn(draft);
        } finally {
            ArchiveFolder.delete(draft);
        }
    }

    private void makeIn(Path draft) throws IOException, InterruptedException {
        Path made = draft.resolve("archive");
        Process process = start(draft, made);
        if (process == null) {
            return;
        }
        boolean late = !process.waitFor(MAKING_SECONDS, TimeUnit.SECONDS);
        if (late) {
            process.destroyForcibly().waitFor();
        }
        boolean stopped = !late && process.exitValue() > SIGNALLED; // by Ctrl-C, perhaps, or because our pool has ended
        if (stopped) {
            return;
        }
        if (process.exitValue() == 0 && Files.exists(made)) {
            folder.keep(made);
        } else {
            folder.keepNone();
        }
    }

    private synchronized @Nullable Process start(Path draft, Path made) throws IOException {
        if (closed) {
            return null;
        }
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + made, "-cp", jar.getPath(), TRAINING));
        ProcessBuilder builder = new ProcessBuilder(line);
        WorkerLauncher.forget(builder.environment());
        builder.directory(draft.toFile()); // where it may tell how it crashed
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        maker = process;
        return process;
    }

    /** A worker died before it was ready, for an unknown reason: the archive is one that it may have been. */
    void doubt() {
        doubted = true;
        if (used) {
            forget();
            folder.discard();
        }
    }

    private void forget() {
        synchronized (OPENED) {
            OPENED.remove(folder.name());
        }
    }

    /** The pool is closed: nothing waits for the archive any more. */
    @Override
    public void close() {
        Process process;
        Thread thread;
        synchronized (this) {
            closed = true;
            process = maker;
            thread = making;
        }
        // or else a process or a thread of the pool's would still be there for a moment after the pool has closed
        if (process != null) {
            process.destroyForcibly();
            Uninterruptibly.await(() -> {
                var _ = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            });
        }
        if (thread != null) {
            Uninterruptibly.await(() -> thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS)));
        }
    }
}
