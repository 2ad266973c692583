package dev.pando.process.os;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Memory that two processes share: a file that has lost its name as soon as it was opened. Who may look at the parent's
 * descriptors, which is the same user and nobody else, finds it there.
 */
final class LinuxMemory {
    /** A file system in memory; elsewhere the system would now and then write the pages to a disk. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private LinuxMemory() {}

    static Lent lend(int bytes) throws IOException {
        Path folder = Files.isWritable(IN_MEMORY) ? IN_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        Path name = folder.resolve("pando-" + UUID.randomUUID());
        FileChannel file = FileChannel.open(name,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Arena arena = Arena.ofShared();
        try {
            // Written, not only made longer: where the file system is full, this fails, and a later touch would be fatal.
            ByteBuffer zeros = ByteBuffer.allocate(bytes);
            while (zeros.hasRemaining()) file.write(zeros);
            ByteBuffer memory = file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena).asByteBuffer();
            return new Lent(file, arena, memory, descriptor(name));
        } catch (IOException | RuntimeException e) {
            arena.close();
            file.close();
            throw e;
        }
    }

    /** Where another process finds this file, which has no name any more. */
    private static String descriptor(Path name) throws IOException {
        String was = name + " (deleted)";
        String[] open = new File("/proc/self/fd").list();
        for (String descriptor : open == null ? new String[0] : open) {
            Path link = Path.of("/proc/self/fd", descriptor);
            if (Files.isSymbolicLink(link) && isLinkTo(link, was)) {
                return "/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor;
            }
        }
        throw new IOException("no descriptor is found for " + name);
    }

    private static boolean isLinkTo(Path link, String target) {
        try {
            return Files.readSymbolicLink(link).toString().equals(target);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    static ByteBuffer borrow(String address, int bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(address, "rw")) {
            return file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
    }
}
