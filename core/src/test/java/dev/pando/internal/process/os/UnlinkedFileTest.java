package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Memory as a file without a name. */
@EnabledOnOs(OS.LINUX)
class UnlinkedFileTest {
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

    @Test
    void whatOneThatWasKilledLeftIsSwept() throws IOException {
        Path dead = Files.createFile(folder.resolve("pando-memory-999999999-left"));
        Path mine = Files.createFile(
                folder.resolve("pando-memory-" + ProcessHandle.current().pid() + "-mine"));
        Path other = Files.createFile(folder.resolve("pando-memory-nobody"));
        make(folder.toFile()).close();
        assertThat(dead).doesNotExist();
        assertThat(mine).exists();
        assertThat(other).exists();
    }
}
