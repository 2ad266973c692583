package dev.pando.internal.process.os;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The operating system, as far as worker processes are concerned. Without state; parent and worker ask the same one.
 */
public abstract sealed class OperatingSystem permits LinuxSystem, PlainJavaSystem {
    /**
     * The environment variable that each worker is started with. Its descendants inherit it, so it tells whose they are
     * after they left the worker's session. The value is plain ASCII, and no other process has it, now or later.
     */
    public static final String MARK = "PANDO_WORKER";

    public static OperatingSystem here() {
        return Here.OS;
    }

    /**
     * Apart, since a class whose initialisation needs its own subclass can deadlock with it. Nothing is made here by
     * {@code new}: the verifier would load both.
     */
    private static final class Here {
        static final OperatingSystem OS = LinuxSystem.isHere() ? LinuxSystem.create() : PlainJavaSystem.create();
    }

    /**
     * The command line that starts a command as the leader of a session of its own, where {@link #commands} and {@link
     * #answers} find what the parent sees as its stdin and stdout, and where all that it prints arrives at what the
     * parent sees as its stderr. The pid is the command's own. A program that cannot be executed is told by exit code
     * 127 or 126 and a line on stderr, not by an exception of {@code start()}.
     */
    public abstract List<String> detached(List<String> command);

    /** In the worker: what the parent sends. Call it once. */
    public abstract InputStream commands() throws IOException;

    /** In the worker: to the parent. Call it once, before anything is printed. */
    public abstract OutputStream answers() throws IOException;

    /**
     * Whether a child whose channel has ended is known to be dead, although its parent may not have been told yet.
     * {@code false} also where that cannot be told.
     */
    public abstract boolean hasEnded(long pid);

    /**
     * Returns whether a signal has stopped this process. Returns false for a process that a debugger holds, and where
     * that cannot be told.
     */
    public abstract boolean isStopped(long pid);

    /** The bytes of memory that a process has in RAM; absent when it is gone, or dead and not yet reaped. */
    public abstract OptionalLong resident(long pid);

    /**
     * Returns the threads of a process that are at work or wait for a processor, by number, each with as much of its
     * name as the system knows; without those that the JVM has for itself. Empty where that cannot be told.
     */
    public abstract Map<Long, String> runningThreads(long pid);

    /**
     * The name of the signal behind an exit code as {@code Process.exitValue()} tells it. A program may also exit with
     * such a number of its own accord.
     */
    public abstract Optional<String> signal(int exitCode);

    /**
     * Returns the processes that belong to a worker. Ask right after the worker was started: its start time, noted now,
     * is what will tell it from a later process of the same number.
     *
     * @param mark the value of {@link #MARK} that it was started with
     */
    public abstract ProcessTree family(long leader, String mark);

    /**
     * In the worker: ends those of its family that were started since a moment, and waits until they are gone, for a
     * few seconds at most.
     *
     * @param nanos the moment, as {@code System.nanoTime()} told it in this process or in its parent
     * @param lastNumber {@link #lastProcessNumber}, as it was told before the moment: which of two processes was
     *     started first is known by their times to a hundredth of a second, and else by this
     */
    public abstract void endFamilySince(long nanos, long lastNumber);

    /** The number that the system gave to a process last, 0 if that is not known. */
    public abstract long lastProcessNumber();

    /**
     * In the worker, when its parent is gone: ends the worker and its family; does not return. It gets as far as asking
     * the system to do it even if a task burns in code without safepoints, where {@code halt} would wait for ever; not
     * if a safepoint was already being waited for, since then no Java code runs at all.
     */
    public abstract void endOwnFamily();

    /**
     * Returns the command line of a process that waits for the end of its input, and then ends all processes whose
     * {@link #MARK} begins with this, and whatever shares a process group with one. No interrupt from a terminal ends
     * that process. Empty where there is no such command.
     *
     * @param folders what the paths of folders begin with that are removed then, if nothing is in them
     */
    public abstract List<String> orphanWatch(String marks, String folders);

    /** How many processes the kernel killed for want of memory where this one lives; only grows, absent if unknown. */
    public abstract OptionalLong oomKills();

    /**
     * Memory of this size that a worker of this process can open too, all zero, and really there: a file that is full
     * when it is written to would end the JVM's patience later. Nothing of it is left when no process has it open any
     * more.
     */
    public abstract SharedFile memory(long bytes) throws IOException;

    /**
     * Whether memory can be sealed, so that no process can cut it off. On mapped memory that is not sealed only plain
     * reads, writes and copies are safe: a fault is an {@link InternalError} there, and the end of the JVM elsewhere.
     *
     * @param prepare whether to do for it now what is to be done once: it takes a moment, and the JVM may print a
     *     warning
     */
    public abstract boolean canSeal(boolean prepare);

    /** The same as {@link #memory}, and sealed if it can be: the file tells. */
    public abstract SharedFile sealedMemory(long bytes) throws IOException;

    /** Why memory is not sealed, and what to do about it. */
    public abstract String whyUnsealed();

    /**
     * Whether only this user can put anything into this folder, or another folder in its place; {@code false} also
     * where that cannot be told.
     */
    public abstract boolean isOnlyMine(Path folder);

    /** Opens a file of this user's; null if there is none, or another user may have written it, or that is unknown. */
    public abstract @Nullable OwnFile ownFile(Path file);

    static InputStream stdin() {
        return new FileInputStream(FileDescriptor.in);
    }

    /** Descriptor 1, for the channel alone: what the program prints goes to stderr from now on. */
    static OutputStream stdout() {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
        return new FileOutputStream(FileDescriptor.out);
    }
}
