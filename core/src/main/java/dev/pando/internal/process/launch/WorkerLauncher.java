package dev.pando.internal.process.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.util.MemoryPause;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Starts worker JVMs: which program, with what arguments, in what world. All that can be known before the first start
 * is found out beside the program, on a thread of its own, since a fresh program's first result waits for it.
 */
public final class WorkerLauncher {
    /** How many files the JDK opens to start a process, the program in between included; and some to spare. */
    private static final int FILES = 16;

    /** The number of no process. */
    private static final long NO_LEADER = -1;

    private final LaunchOptions options;
    private final OperatingSystem os;
    private final CrashFolder crashes;
    private final WorkerCommand line;
    private final @Nullable DebugPort debugger;

    /** Where archives lie, as the program said when it opened the pool. */
    private final String cache = System.getProperty(CdsArchive.FOLDER, "");

    /** The {@code java} and its arguments, known once prepared. */
    @GuardedBy("this")
    private @Nullable List<String> command;

    /** Written by the preparation. */
    private volatile @Nullable CdsArchive archive;

    /** What the marks of this pool's workers begin with. Known once prepared. */
    @GuardedBy("this")
    private String mark = "";

    /** How many processes the kernel had killed for want of memory before the first worker; -1: not known. */
    private volatile long oomKillsBefore = -1;

    @GuardedBy("this")
    private boolean counted;

    /** What the thread does that prepares. */
    private final class Preparation implements Runnable {
        @Override
        public void run() {
            try {
                prepare();
            } catch (Throwable untold) {
                // the first start tries again, and tells
            }
        }
    }

    /**
     * A worker that was started.
     *
     * @param archived whether its JVM uses an archive: what it says before it runs anything may be about that
     */
    public record LaunchedProcess(Process process, boolean archived) {}

    public WorkerLauncher(LaunchOptions options, OperatingSystem os, String pool) {
        this.options = options;
        this.crashes = new CrashFolder(CrashFolder.temporary(), pool);
        this.os = os;
        this.line = new WorkerCommand(options);
        this.debugger = options.debugPort() == 0 ? null : new DebugPort(options.debugPort());
        WorkerClassPath.requirePlace();
        line.requireJava();
    }

    /** Finds out beside the calling thread what the first start needs. Without a thread the first start does so. */
    public void prepareBeside(ThreadFactory threads) {
        try {
            threads.newThread(new Preparation()).start();
        } catch (Throwable noThread) {
            // later, then
        }
    }

    /** Starts nothing: loads and looks up. */
    private synchronized void prepare() {
        List<String> known = prepared();
        CdsArchive there = archive;
        var _ = new ProcessBuilder(os.detached(there == null ? known : there.with(known))).environment();
    }

    @GuardedBy("this")
    private List<String> prepared() {
        List<String> known = command;
        if (known == null) {
            known = line.words();
            archive = CdsArchive.of(os, cache, line.everybodys(), known);
            mark = OrphanWatchdog.ofThisProgram().newMark();
            command = known;
        }
        return known;
    }

    /** Returns how the processes of this worker are known from all others. */
    public synchronized String mark(int worker) {
        var _ = prepared();
        return mark + "-" + worker;
    }

    /** Returns how many processes the kernel had killed for want of memory before the first worker; -1: not known. */
    public long oomKillsBefore() {
        return oomKillsBefore;
    }

    /**
     * One at a time, since each needs more files for a moment than it keeps.
     *
     * @param mark by which the worker and all its descendants are known
     */
    public synchronized LaunchedProcess start(String mark) throws IOException {
        String obstacle = obstacle();
        if (obstacle != null) {
            throw new IOException(obstacle); // a shell in between would tell it in its own words
        }
        findRoomForFiles();
        List<String> known = prepared();
        List<String> listening = debugger == null ? List.of() : debugger.options();
        CdsArchive there = listening.isEmpty() ? archive : null; // which would keep the debugger's word from being seen
        List<String> chosen = there == null ? known : there.with(known);
        List<String> words = new ArrayList<>(chosen);
        words.addAll(1, listening);
        words.addAll(1, crashes.options()); // first, so that the user's win
        ProcessBuilder builder = new ProcessBuilder(os.detached(words));
        Map<String, String> environment = builder.environment();
        forget(environment);
        environment.putAll(options.environment());
        environment.put(OperatingSystem.MARK, mark);
        Path directory = options.directory();
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        Process process = start(builder, mark);
        if (debugger != null && !listening.isEmpty()) {
            debugger.taken(process);
        }
        try {
            if (!counted) { // the first JVM has hardly begun, so that it cannot have been killed
                counted = true;
                oomKillsBefore = os.oomKills().orElse(-1);
            }
            return new LaunchedProcess(process, chosen != known);
        } catch (Throwable t) {
            kill(process); // the caller never learns of it
            throw t;
        }
    }

    /**
     * Starts a process, or throws and has started none. The JDK makes streams and a thread for a process that runs
     * already: where it finds none of these, the process is known by its mark alone.
     */
    private Process start(ProcessBuilder builder, String mark) throws IOException {
        try {
            return builder.start();
        } catch (OutOfMemoryError noMemory) {
            endLost(mark);
            throw noMemory;
        }
    }

    /** Ends what has this mark, again and again until there is memory for it: no other thread would. */
    private void endLost(String mark) {
        while (true) {
            try {
                var _ = os.family(NO_LEADER, mark).end();
                return;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }

    /** Kills a process, again and again until there is memory for it: no other thread would. */
    public static void kill(Process process) {
        while (true) {
            try {
                process.toHandle().destroyForcibly();
                return;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }

    /** What these said to this JVM is among the arguments already. */
    static void forget(Map<String, String> environment) {
        environment.keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
    }

    /** Has made what lets later workers start sooner, if that can be. */
    public void prepareOthers() {
        CdsArchive there = archive;
        if (there != null) {
            there.make();
        }
    }

    /** A worker died before it was ready, and did not say why. */
    public void diedEarly() {
        CdsArchive there = archive;
        if (there != null) {
            there.doubt();
        }
    }

    public void close() {
        CdsArchive there = archive;
        if (there != null) {
            there.close();
        }
        crashes.close();
    }

    /** Where files run out half way, the JDK leaks some, and we could not load a class of ours to say so. */
    private void findRoomForFiles() throws IOException {
        List<Closeable> opened = new ArrayList<>();
        try {
            while (opened.size() < FILES) {
                opened.add(new FileInputStream(line.java().toFile()));
            }
        } catch (FileNotFoundException e) { // it was there a moment ago
            throw new IOException("error=" + LaunchFailure.TOO_MANY_FILES, e);
        } finally {
            for (Closeable file : opened) {
                file.close();
            }
        }
    }

    /** What to tell the user about a start that failed. */
    public String complaint(IOException failure) {
        String obstacle = obstacle();
        return obstacle != null ? obstacle : LaunchFailure.textOf(failure);
    }

    private @Nullable String obstacle() {
        Path directory = options.directory();
        if (directory != null && !Files.isDirectory(directory)) {
            return "its directory " + directory + (Files.exists(directory) ? " is none" : " does not exist");
        }
        Path java = line.java();
        if (Files.isRegularFile(java) && Files.isExecutable(java)) {
            return null;
        }
        return "there is no java to run it with: " + java + " cannot be executed. A run-time image made without its"
                + " commands has none; Processes.of(n).java(path) names another";
    }

    /** The crash log of a worker that had this process id, if it left one. */
    public @Nullable Path crashLog(long pid) {
        Path log = crashes.log(pid);
        for (String argument : options.jvmArgs()) {
            if (argument.startsWith(CrashFolder.LOG)) {
                String pattern = argument.substring(CrashFolder.LOG.length());
                log = Path.of(pattern.replace("%p", String.valueOf(pid)));
            }
        }
        Path directory = options.directory();
        if (directory != null && log != null) {
            log = directory.resolve(log);
        }
        return log != null && Files.isRegularFile(log) ? log : null;
    }

    /** Returns where the JVM of a worker with this process id leaves its flight recording when it crashes. */
    public Path crashRecording(long pid) {
        Path directory = options.directory();
        Path name = Path.of("hs_err_pid" + pid + ".jfr");
        return directory == null ? name.toAbsolutePath() : directory.resolve(name);
    }
}
