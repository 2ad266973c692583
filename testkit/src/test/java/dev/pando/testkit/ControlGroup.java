package dev.pando.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A control group of the first version, of one controller, for the time of a test. Made by root only. */
final class ControlGroup implements AutoCloseable {
    final Path folder;

    /** Skips the test where no such group can be made. */
    ControlGroup(String controller) {
        Path root = Path.of("/sys/fs/cgroup", controller);
        folder = root.resolve("pando-test-" + UUID.randomUUID());
        assumeTrue(
                Files.isWritable(root.resolve("cgroup.procs")), "we may make groups of the controller " + controller);
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void set(String file, Object value) throws IOException {
        Files.writeString(folder.resolve(file), value.toString());
    }

    void enter(long pid) throws IOException {
        set("cgroup.procs", pid);
    }

    /** Processes that are still in the group go back to the root: a group with processes cannot be removed. */
    @Override
    public void close() throws IOException {
        while (true) {
            for (String pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
                try {
                    Files.writeString(folder.resolveSibling("cgroup.procs"), pid);
                } catch (IOException gone) {
                    // it has ended meanwhile
                }
            }
            try {
                Files.delete(folder);
                return;
            } catch (IOException stillUsed) {
                Thread.onSpinWait();
            }
        }
    }
}
