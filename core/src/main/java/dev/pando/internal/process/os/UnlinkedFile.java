package dev.pando.internal.process.os;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/**
 * Files in memory that lose their name as soon as they have one. Others open them through the descriptor of the process
 * that made them; the system removes them with the last process that has them, however that ends. A process killed
 * between the two calls leaves an empty file, which the next to make one there removes.
 */
final class UnlinkedFile {
    private static final String PREFIX = "pando-memory-";

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
        Path name = folder.resolve(PREFIX + pid + "-" + UUID.randomUUID()).toAbsolutePath();
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

    private static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*-*")) {
            for (Path file : left) {
                String rest = file.getFileName().toString().substring(PREFIX.length());
                String pid = rest.substring(0, rest.indexOf('-'));
                if (pid.matches("[0-9]{1,18}") && !new File("/proc/" + pid).exists()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (java.nio.file.AccessDeniedException | java.nio.file.NoSuchFileException othersOrGone) {
            // another user's, or swept by another program
        }
    }
}
