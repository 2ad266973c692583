package dev.pando.internal.process.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Linux by what every distribution has: /proc, a shell, and {@code setsid}. Where the last two are missing, as in
 * images that hold nothing but a JVM, workers are started without a session and speak over stdin and stdout; parent and
 * worker see the same files, so both know.
 */
final class LinuxSystem extends OperatingSystem {
    static final String SHELL = "/bin/sh";

    /**
     * The descriptors move in the shell, which then becomes the command: no process stays in between. A crash leaves
     * its log, not an image of its memory; and an interrupt from a terminal is for the parent to decide upon.
     */
    private static final String MOVE_CHANNEL = "ulimit -c 0; trap '' INT; exec \"$@\" 3<&0 4>&1 0</dev/null 1>&2";

    /**
     * First the group, which the kernel ends as a whole, so that no member forks out of it; then those with our mark.
     * Runs in a session of its own, to live until the second half, and without the mark, or else {@link #WATCH} could
     * end this shell before it has begun. No -z or no grep at all: no other process is found, and the group is ended
     * nevertheless.
     */
    private static final String END = """
        kill -KILL -$1
        for p in $(grep -lszxF "$2" /proc/[0-9]*/environ); do
          p=${p%/environ}; p=${p#/proc/}
          kill -KILL "$p"
        done\
        """;

    /**
     * Looks until nothing is found, because a process may become another program just then, and has no mark for a
     * moment; and gives up after a while, because the kernel may not let a process die. The group first, as above.
     */
    private static final String WATCH = """
        trap '' HUP INT QUIT TERM
        read -r end
        for look in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
          found=
          for p in $(grep -lsF "$1" /proc/[0-9]*/environ); do
            p=${p%/environ}; p=${p#/proc/}
            kill -KILL "-$p"
            kill -KILL "$p"
            found=1
          done
          [ "$found" ] || break
          sleep 0.1
        done
        rmdir "$2"* 2>/dev/null
        exit 0\
        """;

    private static final List<String> SIGNALS = List.of(
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGBUS",
            "SIGFPE",
            "SIGKILL",
            "SIGUSR1",
            "SIGSEGV",
            "SIGUSR2",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGSTKFLT",
            "SIGCHLD",
            "SIGCONT",
            "SIGSTOP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGIO",
            "SIGPWR",
            "SIGSYS");

    private final boolean shell = new File(SHELL).canExecute();

    static boolean isHere() {
        return "Linux".equals(System.getProperty("os.name")) && new File("/proc/self/stat").canRead();
    }

    static OperatingSystem create() {
        return new LinuxSystem();
    }

    @Override
    public List<String> detached(List<String> command) {
        List<String> line = new ArrayList<>();
        String setsid = Setsid.PATH;
        if (setsid != null) {
            line.add(setsid);
        }
        if (shell) {
            line.addAll(List.of(SHELL, "-c", MOVE_CHANNEL, "sh"));
        }
        line.addAll(command);
        return line;
    }

    /** Looked up once, and in the parent only: a worker has no time for it. */
    private static final class Setsid {
        static final @Nullable String PATH = find();

        private static @Nullable String find() {
            String path = System.getenv("PATH");
            if (path == null) {
                path = "/usr/bin:/bin";
            }
            for (int from = 0; from <= path.length(); ) {
                int colon = path.indexOf(':', from);
                int to = colon < 0 ? path.length() : colon;
                File file = new File(path.substring(from, to), "setsid");
                if (file.isAbsolute() && file.isFile() && file.canExecute()) {
                    return file.getPath();
                }
                from = to + 1;
            }
            return null;
        }
    }

    @Override
    public InputStream commands() throws IOException {
        return shell ? new FileInputStream("/dev/fd/3") : stdin();
    }

    @Override
    public OutputStream answers() throws IOException {
        return shell ? new FileOutputStream("/dev/fd/4") : stdout();
    }

    /**
     * A program that is killed lets go of its memory, then of its files, and then is a zombie until its parent takes
     * note.
     */
    @Override
    public boolean hasEnded(long pid) {
        ProcFs.Stat stat = ProcFs.stat(pid);
        return stat != null && stat.dead();
    }

    /** The kernel writes T for a signal, and t for a debugger. */
    @Override
    public boolean isStopped(long pid) {
        ProcFs.Stat stat = ProcFs.stat(pid);
        return stat != null && stat.state() == 'T';
    }

    /** From {@code status}: {@code statm} counts in pages of a size that it does not tell, and less exactly. */
    @Override
    public OptionalLong resident(long pid) {
        OptionalLong kib = ProcFs.number(ProcFs.read("/proc/" + pid + "/status", ProcFs.SMALL), "\nVmRSS:");
        return kib.isPresent() ? OptionalLong.of(kib.getAsLong() * 1024) : kib;
    }

    @Override
    public Map<Long, String> runningThreads(long pid) {
        String[] threads = new File("/proc/" + pid + "/task").list();
        Map<Long, String> running = new HashMap<>();
        for (String thread : threads == null ? new String[0] : threads) {
            String folder = "/proc/" + pid + "/task/" + thread;
            ProcFs.Stat stat = ProcFs.parse(ProcFs.read(folder + "/stat", ProcFs.SMALL));
            String name = ProcFs.read(folder + "/comm", ProcFs.SMALL);
            if (stat != null && stat.state() == 'R' && name != null && !isOfTheJvm(name)) {
                running.put(stat.pid(), name.strip());
            }
        }
        return running;
    }

    private static boolean isOfTheJvm(String thread) {
        return Stream.of(
                        "C1 Compiler", "C2 Compiler", "VM ", "GC ", "G1 ", "ZWorker", "ZDriver", "Shenandoah", "pando-")
                .anyMatch(thread::startsWith);
    }

    @Override
    public Optional<String> signal(int exitCode) {
        int number = exitCode - 128;
        if (number < 1 || number > 64) {
            return Optional.empty();
        }
        return Optional.of(number <= SIGNALS.size() ? SIGNALS.get(number - 1) : "signal " + number);
    }

    @Override
    public ProcessTree family(long leader, String mark) {
        return LinuxProcessTree.of(leader, mark);
    }

    @Override
    public void endFamilySince(long nanos, long lastNumber) {
        LinuxProcessTree.endOwn(String.valueOf(System.getenv(MARK)), StartLine.of(nanos, lastNumber));
    }

    @Override
    public long lastProcessNumber() {
        return ProcFs.lastNumber();
    }

    @Override
    public void endOwnFamily() {
        try {
            ProcFs.Stat self = ProcFs.self();
            String setsid = Setsid.PATH;
            if (self != null && self.session() == self.pid() && shell && setsid != null) {
                String mark = MARK + "=" + System.getenv(MARK); // "=null" if there is none: no process has it
                File nothing = new File("/dev/null");
                ProcessBuilder end =
                        new ProcessBuilder(setsid, SHELL, "-c", END, "sh", Long.toString(self.session()), mark);
                end.environment().remove(MARK);
                end.redirectInput(nothing)
                        .redirectOutput(nothing)
                        .redirectError(nothing)
                        .start();
            }
        } catch (IOException | RuntimeException noProcessLeft) {
            // nothing is there to be told, and the worker itself ends in any case
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public List<String> orphanWatch(String marks, String folders) {
        if (!shell) {
            return List.of();
        }
        List<String> line = new ArrayList<>();
        String setsid = Setsid.PATH;
        if (setsid != null) {
            line.add(setsid);
        }
        line.addAll(List.of(SHELL, "-c", WATCH, "sh", MARK + "=" + marks, folders));
        return line;
    }

    @Override
    public SharedFile memory(long bytes) throws IOException {
        return new UnlinkedFile(List.of(new File("/dev/shm"), new File(System.getProperty("java.io.tmpdir"))))
                .make(bytes);
    }

    @Override
    public boolean canSeal(boolean prepare) {
        return prepare ? SealedFile.prepare() : SealedFile.isReady();
    }

    @Override
    public SharedFile sealedMemory(long bytes) throws IOException {
        if (SealedFile.prepare()) {
            try {
                return SealedFile.make(bytes);
            } catch (UnsupportedOperationException cannot) {
                // known from now on, and told by whyUnsealed
            }
        }
        return memory(bytes);
    }

    @Override
    public String whyUnsealed() {
        return SealedFile.whyNot();
    }

    @Override
    public boolean isOnlyMine(Path folder) {
        return OwnFile.isInMyHands(folder);
    }

    @Override
    public @Nullable OwnFile ownFile(Path file) {
        return OwnFile.open(file);
    }

    @Override
    public OptionalLong oomKills() {
        return CgroupLimits.oomKills("/proc");
    }
}
