package dev.pando.internal.process.os;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory that no process can cut off: a file of the kernel's that never had a name, and whose size is sealed. What is
 * mapped of it never faults, whatever a worker does: so native code and atomic instructions, whose fault would end the
 * JVM, may work on it.
 *
 * <p>Java needs native calls for it. They take 100 ms and more of a processor to link, once; and unless native access
 * was granted, the JVM prints a warning, or refuses.
 */
final class SealedFile {
    /** What the link of a descriptor begins with. No folder is called so. */
    static final String LINK = "/memfd:";

    private static final Object LOCK = new Object();
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** {@code null} as long as no memory was to be sealed, or if it cannot be. */
    private static volatile @Nullable NativeCalls calls;

    /** Why no memory can be sealed; {@code null} as long as that is not known. */
    private static volatile @Nullable String obstacle;

    private SealedFile() {}

    /** Whether memory can be sealed now, as it was before. */
    static boolean isReady() {
        return calls != null;
    }

    /** Prepares for it, unless that was done. Returns whether memory can be sealed. */
    static boolean prepare() {
        synchronized (LOCK) {
            if (calls == null && obstacle == null) {
                link();
            }
            return calls != null;
        }
    }

    @GuardedBy("LOCK")
    private static void link() {
        try {
            calls = new NativeCalls();
        } catch (IllegalCallerException denied) {
            obstacle = "this JVM was told to deny native access: start it with " + grant();
        } catch (UnsupportedOperationException | java.util.NoSuchElementException none) {
            obstacle = "this system has no function to seal memory with (" + none.getMessage() + ")";
        }
    }

    /** Returns the argument of {@code java} that grants native access to this library. */
    private static String grant() {
        Module ours = SealedFile.class.getModule();
        return "--enable-native-access=" + (ours.isNamed() ? ours.getName() : "ALL-UNNAMED");
    }

    /** Returns why memory is not sealed, and what to do about it. */
    static String whyNot() {
        String known = obstacle;
        return known != null
                ? known
                : "the program that made it could not seal it: start that program on Linux, with " + grant();
    }

    /**
     * Returns new memory, all zero and really there.
     *
     * @throws UnsupportedOperationException if there is none that can be sealed; it will be so for ever
     */
    static SharedFile make(long bytes) throws IOException {
        NativeCalls here = calls;
        if (here == null) {
            throw new UnsupportedOperationException(whyNot());
        }
        try (MemoryRoom _ = MemoryRoom.claim(bytes)) {
            return make(here, bytes);
        } catch (UnsupportedOperationException cannot) {
            synchronized (LOCK) {
                obstacle = cannot.getMessage();
                calls = null;
            }
            throw cannot;
        }
    }

    /** The descriptor of the call is one that Java cannot use; it is exchanged for one that it can. */
    private static SharedFile make(NativeCalls calls, long bytes) throws IOException {
        String name = "pando-memory-" + NUMBERS.incrementAndGet();
        int made = calls.memoryFile(name);
        FileChannel channel = null;
        try {
            Path path = Path.of("/proc/self/fd", Integer.toString(made));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            SharedFile.reserve(channel, bytes);
            calls.seal(made);
            if (channel.size() != bytes) {
                throw new IOException("another process has changed the size of memory before it was sealed");
            }
        } catch (Throwable t) {
            if (channel != null) {
                channel.close();
            }
            throw t;
        } finally {
            calls.close(made);
        }
        return SharedFile.nameless(channel, LINK + name + " (deleted)");
    }
}
