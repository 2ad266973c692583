package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of one pool: its workers, and the processes that tasks started in them. All carry a mark in their
 * environment, so a process that no longer descends from this JVM is found as well. Linux.
 */
final class ProcessCensus {
    private static final String MARK = "PANDO_WORKER=";

    private final String mark;

    private ProcessCensus(String mark) {
        this.mark = mark;
    }

    /** Returns the census of the pool that this process works for. */
    static ProcessCensus like(long worker) {
        for (String entry : environment(worker).split("\0")) {
            if (entry.startsWith(MARK)) {
                return new ProcessCensus("\0" + entry.substring(0, entry.lastIndexOf('-') + 1));
            }
        }
        throw new AssertionError(worker + " is no worker, or is gone");
    }

    /**
     * Returns the living workers of this program and the processes of their tasks, of all pools. The process that
     * watches for orphans is none of them: it lives as long as a pool of the program is open, or was forgotten.
     */
    static List<ProcessHandle> descendants() {
        return marked(ProcessHandle.current().descendants());
    }

    /** Returns the living workers of this program alone: a process of a task is a child of its worker. */
    static List<ProcessHandle> workers() {
        return marked(ProcessHandle.current().children());
    }

    private static List<ProcessHandle> marked(Stream<ProcessHandle> processes) {
        return processes
                .filter(ProcessHandle::isAlive)
                .filter(process -> ("\0" + environment(process.pid())).contains("\0" + MARK))
                .toList();
    }

    /** Waits until only these processes are left. */
    void awaitOnly(Set<Long> pids) throws Exception {
        for (ProcessHandle other : alive()) {
            if (!pids.contains(other.pid())) {
                other.onExit().get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(alive()).extracting(ProcessHandle::pid).containsExactlyInAnyOrderElementsOf(pids);
    }

    /** Fails if a process is left at this moment. */
    void assertNobody() {
        assertThat(alive()).as("processes that outlive their pool").isEmpty();
    }

    private List<ProcessHandle> alive() {
        return ProcessHandle.allProcesses()
                .filter(process -> ("\0" + environment(process.pid())).contains(mark))
                .toList();
    }

    /** Returns "" for dead processes, and for processes of other users. */
    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Stops a process, and polls until it has stopped, because the system reports that to its parent only. */
    static void freeze(long pid) throws Exception {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + pid)
                        .start()
                        .waitFor())
                .isZero();
        awaitFrozen(pid);
    }

    static void awaitFrozen(long pid) throws IOException {
        while (!Files.readString(Path.of("/proc/" + pid + "/status")).contains("\nState:\tT")) {
            Thread.onSpinWait();
        }
    }
}
