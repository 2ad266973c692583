package dev.pando.internal.process.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Set;

/**
 * The functions of the C library by which memory is sealed, as Java has none for it. All have one shape, though their
 * numbers are smaller: each further shape would take the JVM tens of milliseconds to link, and every 64-bit Linux
 * passes such numbers in a register each.
 */
final class NativeCalls {
    private static final ValueLayout.OfLong NUMBER = ValueLayout.JAVA_LONG;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    // linux/memfd.h: MFD_CLOEXEC and MFD_ALLOW_SEALING; MFD_NOEXEC_SEAL, which kernels before 6.3 do not know
    private static final long SEALABLE = 3;
    private static final long NO_PROGRAM = 8;

    // linux/fcntl.h: F_ADD_SEALS; F_SEAL_SEAL, F_SEAL_SHRINK and F_SEAL_GROW
    private static final long ADD_SEALS = 1033;
    private static final long SIZE_AND_SEALS = 7;

    private static final int NOT_KNOWN = 22;
    private static final int TOO_MANY_FILES = 24;

    /** EPERM and EACCES, as a filter of system calls answers; EINVAL; ENOSYS. They will not be otherwise later. */
    private static final Set<Integer> NOT_HERE = Set.of(1, 13, NOT_KNOWN, 38);

    private final MethodHandle call;
    private final MemorySegment create;
    private final MemorySegment control;
    private final MemorySegment close;

    /**
     * Links the functions, which may let the JVM print a warning. Throws an unchecked exception where the JVM may not,
     * or there are none.
     */
    @SuppressWarnings("restricted")
    NativeCalls() {
        Linker linker = Linker.nativeLinker();
        create = linker.defaultLookup().findOrThrow("memfd_create");
        control = linker.defaultLookup().findOrThrow("fcntl");
        close = linker.defaultLookup().findOrThrow("close");
        call = linker.downcallHandle(
                FunctionDescriptor.of(NUMBER, NUMBER, NUMBER, NUMBER), Linker.Option.captureCallState("errno"));
    }

    /**
     * Returns the descriptor of an empty file in memory.
     *
     * @throws UnsupportedOperationException if the system has no such files
     */
    int memoryFile(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long text = arena.allocateFrom(name).address();
            int file = call(create, state, text, SEALABLE | NO_PROGRAM, 0);
            if (file < 0 && errno(state) == NOT_KNOWN) {
                file = call(create, state, text, SEALABLE, 0);
            }
            return checked("memfd_create", file, state);
        }
    }

    /**
     * Lets no process change the size of a file any more, nor what may be done with it.
     *
     * @throws UnsupportedOperationException if the system cannot
     */
    void seal(int file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            checked("fcntl(F_ADD_SEALS)", call(control, state, file, ADD_SEALS, SIZE_AND_SEALS), state);
        }
    }

    /** Closes a descriptor. There is nothing to be done about a failure: the descriptor is gone all the same. */
    void close(int file) {
        try (Arena arena = Arena.ofConfined()) {
            call(close, arena.allocate(STATE), file, 0, 0);
        }
    }

    private int call(MemorySegment function, MemorySegment state, long first, long second, long third) {
        try {
            return (int) (long) call.invokeExact(function, state, first, second, third);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable unheardOf) {
            throw new IllegalStateException(unheardOf);
        }
    }

    private static int checked(String function, int result, MemorySegment state) throws IOException {
        if (result >= 0) {
            return result;
        }
        int number = errno(state);
        if (NOT_HERE.contains(number)) {
            throw new UnsupportedOperationException(
                    "this system does not let a program seal memory: " + function + " fails with error " + number);
        }
        throw new IOException(
                number == TOO_MANY_FILES
                        ? "Too many open files"
                        : "memory to share cannot be made: " + function + " fails with error " + number);
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }
}
