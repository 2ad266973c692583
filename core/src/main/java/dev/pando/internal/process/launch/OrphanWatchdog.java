package dev.pando.internal.process.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.util.Uninterruptibly;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that ends the workers of this program if the program dies and a worker cannot notice, because the worker
 * is stopped. A shell that waits for the end of its input: the kernel closes the other end when the program is gone,
 * however that happens. One process for all pools, from the first worker to the end of the last pool.
 */
public final class OrphanWatchdog {
    private static final OrphanWatchdog OF_THIS_PROGRAM = new OrphanWatchdog(OperatingSystem.here());

    /** The marks of all workers of this program begin with this, and those of no other program. */
    @GuardedBy("this")
    private @Nullable String program;

    private final OperatingSystem os;

    @GuardedBy("this")
    private int marks;

    @GuardedBy("this")
    private int openPools;

    @GuardedBy("this")
    private @Nullable Process process;

    OrphanWatchdog(OperatingSystem os) {
        this.os = os;
    }

    public static OrphanWatchdog ofThisProgram() {
        return OF_THIS_PROGRAM;
    }

    /**
     * Returns a name that no other program of this machine has: no two have one number at one time. A UUID would load
     * the classes of cryptography, 20 ms of a program's start.
     */
    private static String uniqueName() {
        return Long.toHexString(ProcessHandle.current().pid()) + "-" + Long.toHexString(System.currentTimeMillis())
                + "-" + Long.toHexString(System.nanoTime());
    }

    /** Returns the mark of a new pool, with which the marks of its workers begin. */
    public synchronized String newMark() {
        return program() + "-" + ++marks;
    }

    /** Found out for the first worker, and not when a pool is opened: it loads what the JDK knows of processes. */
    @GuardedBy("this")
    private String program() {
        String known = program;
        if (known == null) {
            known = uniqueName();
            program = known;
        }
        return known;
    }

    /** A pool of processes opens. */
    public synchronized void poolOpened() {
        openPools++;
    }

    /** A pool has no worker left. Waits for the end of the process if that was the last pool. */
    public synchronized void poolClosed() {
        Process there = process;
        if (--openPools > 0 || there == null) {
            return;
        }
        process = null;
        WorkerLauncher.kill(there);
        Uninterruptibly.await(there::waitFor);
        close(there);
    }

    /**
     * Starts the process unless it runs. Called when a worker was started and the program would only wait for it, so
     * that no answer waits for this.
     */
    public synchronized void watch() {
        Process there = process;
        if (openPools == 0 || (there != null && there.isAlive())) {
            return;
        }
        if (there != null) {
            close(there);
        }
        process = start();
    }

    /** Returns null where the system cannot: then a worker that is stopped outlives the program. */
    @GuardedBy("this")
    private @Nullable Process start() {
        List<String> command = os.orphanWatch(program() + "-", CrashFolder.beginningOf(CrashFolder.temporary()));
        if (command.isEmpty()) {
            return null;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/")) // no folder of the program's is held
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        String path = System.getenv("PATH");
        builder.environment().clear(); // in a worker: the mark would have this process killed with the worker
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        try {
            return builder.start();
        } catch (IOException noneLeft) {
            return null;
        }
    }

    private static void close(Process ended) {
        try {
            ended.getOutputStream().close();
        } catch (IOException gone) {
            // the process that read this has ended
        }
    }
}
