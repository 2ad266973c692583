package dev.pando.internal.process.os;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Found by looking at every process: in the worker's session or process group, or with the worker's mark in its
 * environment. Neither needs the worker to be alive, and a member must leave both to be overlooked. While the worker
 * lives its children are found in any case.
 *
 * <p>Looks again until no member is found, since members may start others meanwhile. A killed process starts no other,
 * and a process that was started while /proc was listed has a higher number, so the list holds it or its parent: if one
 * in the list cannot be judged any more, there may be another process in its place. A number is not a process: one that
 * is killed is held by a handle, which knows its start time, and looked at once more after the handle was taken.
 */
final class LinuxProcessTree implements ProcessTree {
    /**
     * When the search gives up. Shorter, a process that ends slowly would be left behind; longer, one that
     * cannot be killed would hold up the caller.
     */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /**
     * Looks without a kill after which the search ends though a process could not be judged. Fewer could miss a member;
     * more would only cost time on a machine where processes come and go all the time.
     */
    private static final int MOST_DOUBTS = 25;

    /**
     * Doubts before the group is killed as a whole, which starts a shell: a process that merely ended while it was
     * looked at is not worth that, but one that flees outlives many more looks.
     */
    private static final int DOUBTS_BEFORE_STRIKE = 3;

    /**
     * How long a process without environment counts as about to become another program, though the system does not say
     * so. Shorter, a member could be overlooked; longer, each process that has none would delay the end by as much.
     */
    private static final long BECOMING_NANOS = 60_000_000L;

    /** Shorter, the looks at /proc would take the processor that dying processes need; longer, the caller waits. */
    private static final long FIRST_PAUSE_NANOS = 200_000;

    /** Longer, the caller would wait for a search that has nothing left to find. */
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final long leader;
    private final String entry;

    /** When the leader started: no older process belongs to it. 0 if it was gone before the first look. */
    private final long born;

    static ProcessTree of(long leader, String mark) {
        return new LinuxProcessTree(leader, mark, start(leader));
    }

    LinuxProcessTree(long leader, String mark, long born) {
        this.leader = leader;
        this.entry = "\0" + OperatingSystem.MARK + "=" + mark + "\0";
        this.born = born;
    }

    private static long start(long pid) {
        ProcFs.Stat stat = ProcFs.stat(pid);
        return stat == null ? 0 : stat.start();
    }

    @Override
    public int end() {
        return end(StartLine.NONE);
    }

    /** In the leader itself, which goes on: ends those that have started behind the line. */
    static void endOwn(String mark, StartLine line) {
        long self = ProcessHandle.current().pid();
        new LinuxProcessTree(self, mark, start(self)).end(line);
    }

    private int end(StartLine line) {
        Hunt hunt = new Hunt(line);
        boolean interrupted = Thread.interrupted(); // an interrupted caller still wants the pool ended
        try {
            hunt.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return hunt.killed.size();
    }

    /** What a look at a process, or at all of them, came to; the strongest wins. */
    private enum Found {
        NOTHING,
        UNCLEAR,
        DYING,
        MEMBER
    }

    /** A call of {@link #end}. */
    private final class Hunt {
        private final long self = ProcessHandle.current().pid();
        private final Set<ProcessHandle> killed = new HashSet<>();
        private final Set<ProcessHandle> untouchable = new HashSet<>();

        /** By number and start: since when the process had no environment. */
        private final Map<String, Long> bare = new HashMap<>();

        private final StartLine line;

        /** A group that holds the caller is not ended as a whole. */
        private final boolean outside;

        private boolean numberReused;
        private boolean groupSeen;

        Hunt(StartLine line) {
            this.line = line;
            ProcFs.Stat own = ProcFs.self();
            outside = own != null && own.group() != leader;
        }

        /**
         * The pauses are the one poll of this room: no event tells of the end of a process that is not one's child.
         * {@code ProcessHandle.onExit} polls too, every 300 ms, and takes an unreaped dead process for alive.
         */
        void run() {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            long pause = FIRST_PAUSE_NANOS;
            int doubts = 0;
            while (System.nanoTime() - deadline < 0) {
                Found found = look();
                if (found == Found.NOTHING || (found == Found.UNCLEAR && ++doubts > MOST_DOUBTS)) {
                    return;
                }
                if (doubts == DOUBTS_BEFORE_STRIKE && groupSeen && outside) {
                    strikeGroup();
                }
                if (found == Found.DYING) {
                    LockSupport.parkNanos(this, pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
                } else if (found == Found.MEMBER) {
                    pause = FIRST_PAUSE_NANOS;
                    doubts = 0;
                }
            }
        }

        /** A process that starts another and dies, again and again, is too fast for us; not for the kernel. */
        private void strikeGroup() {
            groupSeen = false; // as long as a process is in it, its number is not given to others
            try {
                new ProcessBuilder(LinuxSystem.SHELL, "-c", "kill -KILL -$1", "sh", Long.toString(leader))
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start()
                        .waitFor(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException noProcessLeft) {
                // then one by one, as before
            }
        }

        private Found look() {
            ProcFs.Stat first = ProcFs.stat(leader);
            numberReused = first != null && born != 0 && first.start() != born;
            Found strongest = Found.NOTHING;
            for (long pid : ProcFs.pids()) {
                if (pid == self) {
                    continue;
                }
                Found found = judge(pid);
                if (found == Found.MEMBER) {
                    found = kill(pid);
                }
                if (found.compareTo(strongest) > 0) {
                    strongest = found;
                }
            }
            return strongest;
        }

        private Found kill(long pid) {
            ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
            if (handle == null) {
                return Found.UNCLEAR;
            }
            if (untouchable.contains(handle)) {
                return Found.NOTHING;
            }
            if (killed.contains(handle)) {
                return Found.DYING;
            }
            Found again = judge(pid);
            if (again != Found.MEMBER) {
                return again;
            }
            boolean sent = handle.destroyForcibly();
            (sent ? killed : untouchable).add(handle);
            return sent ? Found.MEMBER : Found.UNCLEAR;
        }

        /**
         * While a process becomes another program it has no environment, on a busy machine for as long as it has no
         * processor. After that, it has none.
         */
        private Found bare(ProcFs.Stat stat) {
            if (wasKilled(stat)) {
                return stat.dead() ? Found.NOTHING : Found.DYING;
            }
            long since = bare.computeIfAbsent(stat.pid() + " " + stat.start(), fresh -> System.nanoTime());
            boolean becomes = System.nanoTime() - since < BECOMING_NANOS || ProcFs.isBecoming(stat.pid());
            return becomes ? Found.DYING : Found.NOTHING;
        }

        /**
         * A killed process gives its environment back before it counts as dead, so that it is empty or not to be read.
         * On a busy machine the kernel takes as long as it likes in between, and the search waits for that end; not for
         * a parent that takes notice of it.
         */
        private boolean wasKilled(ProcFs.Stat stat) {
            return ProcessHandle.of(stat.pid()).filter(killed::contains).isPresent();
        }

        /** The environment, which costs the most, is read last and only of those young enough. */
        private Found judge(long pid) {
            ProcFs.Stat stat = ProcFs.stat(pid);
            if (stat == null) {
                return Found.UNCLEAR;
            }
            if (!line.isBehind(stat)) {
                return Found.NOTHING;
            }
            boolean inSession =
                    pid == leader || stat.session() == leader || stat.group() == leader || stat.parent() == leader;
            if (stat.group() == leader && !numberReused) {
                groupSeen = true;
            }
            if (!stat.dead() && inSession && !numberReused) {
                return Found.MEMBER;
            }
            if (stat.start() < born) {
                return Found.NOTHING;
            }
            String environment = stat.dead() ? "" : ProcFs.environment(pid);
            if (environment == null) {
                return wasKilled(stat) ? Found.DYING : Found.NOTHING;
            }
            if (environment.isEmpty()) {
                return stat.ofTheKernel() ? Found.NOTHING : bare(stat);
            }
            return environment.contains(entry) ? Found.MEMBER : Found.NOTHING;
        }
    }
}
