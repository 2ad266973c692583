package dev.pando.internal.process.os;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files in memory that lose their name as soon as they have one. Others open them through the descriptor of the process
 * that made them; the system removes them with the last process that has them, however that ends. A process killed
 * between the two calls leaves an empty file, which the next program to make one there removes.
 */
final class UnlinkedFile {
    private static final String PREFIX = "pando-memory-";

    /** The kind of a regular file, as in stat(2), and the rights that the file's owner may have. */
    private static final int REGULAR = 0100000;

    private static final int OWNERS_RIGHTS = 0700;

    /** The folders that were looked through. A file that is left later is left for the next program. */
    private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

    /** Digits that fit into a {@code long}. */
    private static final int LONGEST_NUMBER = 18;

    private static final AtomicInteger MADE = new AtomicInteger();

    private final List<File> folders;

    /** In the first of these folders that has the room. */
    UnlinkedFile(List<File> folders) {
        this.folders = folders;
    }

    SharedFile make(long bytes) throws IOException {
        IOException failure = new IOException("there is no room for " + (bytes >> 10) + " KiB of memory to share in "
                + folders + ": make one of them larger (docker run --shm-size, or -Djava.io.tmpdir), or share less");
        for (File folder : folders) {
            try {
                return in(folder.toPath(), bytes);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private static SharedFile in(Path folder, long bytes) throws IOException {
        sweep(folder);
        long pid = ProcessHandle.current().pid();
        // unlike each earlier name and not to be guessed; a UUID would load cryptography at each program's start
        Path name = folder.resolve(
                        PREFIX + pid + "-" + Long.toHexString(System.nanoTime()) + "-" + MADE.incrementAndGet())
                .toAbsolutePath();
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel channel = FileChannel.open(
                name,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                mine);
        try {
            Files.deleteIfExists(name); // another program may have swept it
            SharedFile.reserve(channel, bytes);
        } catch (Throwable t) {
            channel.close();
            throw t;
        }
        return SharedFile.nameless(channel, name + " (deleted)");
    }

    /**
     * Removes what programs that were killed have left, once for each folder. Others may put into the folder what they
     * like, as much as they like: nothing that is found there matters to the caller.
     */
    private static void sweep(Path folder) {
        if (!SWEPT.add(folder)) {
            return;
        }
        String[] names = folder.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            int end = name.startsWith(PREFIX) ? name.indexOf('-', PREFIX.length()) : -1;
            if (end < 0) {
                continue;
            }
            String pid = name.substring(PREFIX.length(), end);
            if (isNumber(pid) && !new File("/proc/" + pid).exists()) {
                removeIfLeft(folder.resolve(name));
            }
        }
    }

    /** Not a regular expression: a fresh program's first result waits for this. */
    private static boolean isNumber(String text) {
        boolean digits = !text.isEmpty() && text.length() <= LONGEST_NUMBER;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits;
    }

    /** What was left is empty, this user's, and readable by no other: all else was made by other programs. */
    private static void removeIfLeft(Path file) {
        try {
            if (number(file, "uid")
                            == number(Path.of("/proc/" + ProcessHandle.current().pid()), "uid")
                    && (number(file, "mode") & ~OWNERS_RIGHTS) == REGULAR
                    && number(file, "nlink") == 1
                    && Files.size(file) == 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException others) {
            // gone, or not to be removed
        }
    }

    private static int number(Path file, String attribute) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }
}
