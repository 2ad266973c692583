package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Memory as a file without a name. */
@EnabledOnOs(OS.LINUX)
class UnlinkedFileTest {
    private static final FileAttribute<?> MINE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @TempDir
    Path folder;

    private SharedFile make(File... folders) throws IOException {
        return new UnlinkedFile(List.of(folders)).make(1 << 20);
    }

    @Test
    void itHasNoNameAndCanBeOpened() throws IOException {
        try (SharedFile memory = make(folder.toFile())) {
            assertThat(folder).isEmptyDirectory();
            assertThat(memory.channel().size()).isEqualTo(1 << 20);
            memory.channel().write(ByteBuffer.wrap(new byte[] {42}), 100);
            try (FileChannel again = SharedFile.open(memory.where(), memory.name(), true)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                again.read(one, 100);
                assertThat(one.get(0)).isEqualTo((byte) 42);
            }
        }
    }

    @Test
    void whatIsThereInItsPlaceIsNotOpened() throws IOException {
        SharedFile memory = make(folder.toFile());
        memory.close();
        try (FileChannel mine = FileChannel.open(Path.of("/dev/null"))) {
            assertThatThrownBy(() -> SharedFile.open(memory.where(), memory.name(), false))
                    .isInstanceOf(IOException.class);
            assertThat(mine.isOpen()).isTrue();
        }
    }

    @Test
    void whereTheFirstFolderHasNoRoomTheNextIsTaken() throws IOException {
        make(new File("/nowhere"), folder.toFile()).close();
        assertThatThrownBy(() -> make(new File("/nowhere"), new File("/proc/nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1024 KiB")
                .hasMessageContaining("--shm-size")
                .hasMessageContaining("java.io.tmpdir");
    }

    private Path left(String name) throws IOException {
        return Files.createFile(folder.resolve("pando-memory-" + name), MINE);
    }

    @Test
    void whatOneThatWasKilledLeftIsSwept() throws IOException {
        Path dead = left("999999999-left");
        Path mine = left(ProcessHandle.current().pid() + "-mine");
        Path other = left("nobody");
        make(folder.toFile()).close();
        assertThat(dead).doesNotExist();
        assertThat(mine).exists();
        assertThat(other).exists();
    }

    /** Puts things of the name that what is left has. Returns them. */
    private List<Path> foreignThings() throws IOException {
        Path things = folder.resolve("pando-memory-999999999-folder");
        Files.createFile(Files.createDirectory(things).resolve("content"));
        Path empty = Files.createDirectory(folder.resolve("pando-memory-999999999-empty"));
        Path target = Files.createFile(folder.resolve("target"), MINE);
        Path link = Files.createSymbolicLink(folder.resolve("pando-memory-999999999-link"), target);
        Path nowhere =
                Files.createSymbolicLink(folder.resolve("pando-memory-999999999-nowhere"), Path.of("/nowhere/at/all"));
        Path hard = Files.createLink(folder.resolve("pando-memory-999999999-hard"), target);
        Path open = left("999999999-open");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path full = left("999999999-full");
        Files.writeString(full, "kept by its owner");
        Path odd = left("999999999999999999999-odd");
        return List.of(things, empty, target, link, nowhere, hard, open, full, odd);
    }

    @Test
    void whatOthersPutThereIsLeftAloneAndStopsNothing() throws IOException {
        List<Path> foreign = foreignThings();
        Path dead = left("999999999-dead");
        make(folder.toFile()).close();
        assertThat(foreign).allMatch(thing -> Files.exists(thing, LinkOption.NOFOLLOW_LINKS));
        assertThat(dead).as("found among what is not ours").doesNotExist();
    }

    @Test
    void aFileOfAnotherOwnerIsLeftAlone() throws IOException {
        Path foreign = left("999999999-foreign");
        try {
            Files.setAttribute(foreign, "unix:uid", 65_534);
        } catch (IOException notRoot) {
            assumeTrue(false, "only root can give a file away");
        }
        make(folder.toFile()).close();
        assertThat(foreign).exists();
    }

    @Test
    void aFolderIsLookedThroughOnce() throws IOException {
        make(folder.toFile()).close();
        Path later = left("999999999-later");
        make(folder.toFile()).close();
        assertThat(later).as("left for the next program").exists();
    }
}
