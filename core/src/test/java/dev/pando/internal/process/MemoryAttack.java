package dev.pando.internal.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A way in which a worker may try to make the shared memory of its parent shorter. A refused one throws. */
enum MemoryAttack {
    /** Through the parent's descriptor. */
    CHANNEL {
        @Override
        void on(String where) throws Throwable {
            try (FileChannel file = FileChannel.open(Path.of(where), StandardOpenOption.WRITE)) {
                file.truncate(4096);
                file.truncate(0);
            }
        }
    },
    LENGTH {
        @Override
        void on(String where) throws Throwable {
            try (RandomAccessFile file = new RandomAccessFile(where, "rw")) {
                file.setLength(0);
            }
        }
    },
    /** With {@code O_TRUNC}. */
    OPEN {
        @Override
        void on(String where) throws Throwable {
            new FileOutputStream(where).close();
        }
    },
    /** Through a descriptor of its own. */
    OWN_DESCRIPTOR {
        @Override
        void on(String where) throws Throwable {
            String name = Files.readSymbolicLink(Path.of(where)).toString();
            try (RandomAccessFile _ = new RandomAccessFile(where, "r")) {
                openAll("/proc/self/fd", name);
            }
        }
    },
    OWN_MAPPING {
        @Override
        void on(String where) throws Throwable {
            openAll(
                    "/proc/self/map_files",
                    Files.readSymbolicLink(Path.of(where)).toString());
        }
    },
    PARENTS_MAPPING {
        @Override
        void on(String where) throws Throwable {
            openAll(
                    "/proc/" + parent() + "/map_files",
                    Files.readSymbolicLink(Path.of(where)).toString());
        }
    },
    FTRUNCATE {
        @Override
        void on(String where) throws Throwable {
            called("ftruncate", where, 4096, 0, 0);
        }
    },
    PUNCH_HOLE {
        @Override
        void on(String where) throws Throwable {
            called("fallocate", where, 3, 0, 1 << 20);
        }
    },
    COLLAPSE_RANGE {
        @Override
        void on(String where) throws Throwable {
            called("fallocate", where, 8, 0, 1 << 20);
        }
    },
    /** F_ADD_SEALS: against writing, and against writing in the future. */
    SEALS {
        @Override
        void on(String where) throws Throwable {
            called("fcntl", where, 1033, 0x18, 0);
        }
    };

    abstract void on(String where) throws Throwable;

    /** Returns whether it was done, and not refused. */
    boolean succeeds(String where) {
        try {
            on(where);
            return true;
        } catch (Throwable refusal) {
            return false;
        }
    }

    /** Tries all of them, again and again. */
    static void forEver(String where) {
        while (!Thread.currentThread().isInterrupted()) {
            for (MemoryAttack attack : values()) {
                boolean _ = attack.succeeds(where);
            }
        }
    }

    /** Empties all memory to which the parent has a descriptor. */
    static void cutOffAllOfTheParent() throws IOException {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/" + parent() + "/fd"))) {
            for (Path link : links) {
                if (Files.readSymbolicLink(link).toString().contains("pando-memory")) {
                    boolean _ = OPEN.succeeds(link.toString());
                }
            }
        }
    }

    private static long parent() {
        return ProcessHandle.current().parent().orElseThrow().pid();
    }

    /** Opens all that leads to this name, so that it is emptied. */
    private static void openAll(String folder, String name) throws IOException {
        IOException refusal = new IOException("nothing is open");
        boolean opened = false;
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of(folder))) {
            for (Path link : links) {
                try {
                    if (Files.readSymbolicLink(link).toString().equals(name)) {
                        new FileOutputStream(link.toFile()).close();
                        opened = true;
                    }
                } catch (IOException refused) {
                    refusal = refused;
                }
            }
        }
        if (!opened) {
            throw refusal;
        }
    }

    /** Calls a function of the C library with a descriptor of the file and these arguments. */
    @SuppressWarnings("restricted")
    private static void called(String function, String where, long... arguments) throws Throwable {
        var number = ValueLayout.JAVA_LONG;
        Linker linker = Linker.nativeLinker();
        MethodHandle call = linker.downcallHandle(FunctionDescriptor.of(number, number, number, number, number));
        MethodHandle open = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) open.invokeExact(arena.allocateFrom(where), 2);
            MemorySegment address = linker.defaultLookup().findOrThrow(function);
            long done = (long) call.invokeExact(address, (long) descriptor, arguments[0], arguments[1], arguments[2]);
            long _ =
                    (long) call.invokeExact(linker.defaultLookup().findOrThrow("close"), (long) descriptor, 0L, 0L, 0L);
            if ((int) done != 0) {
                throw new IOException(function + " was refused");
            }
        }
    }
}
