package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Memory whose size is sealed. The JVM of the tests is granted native access. */
@EnabledOnOs(OS.LINUX)
class SealedFileTest {
    private static final int BYTES = 1 << 20;
    private final OperatingSystem os = OperatingSystem.here();

    private SharedFile make() throws IOException {
        assertThat(os.canSeal(true)).as("memory can be sealed here").isTrue();
        SharedFile made = os.sealedMemory(BYTES);
        assertThat(made.isSealed()).isTrue();
        return made;
    }

    @Test
    void noPathMakesItShorterOrLonger() throws IOException {
        try (SharedFile memory = make()) {
            assertThatThrownBy(() -> memory.channel().truncate(0)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> new FileOutputStream(memory.where()).close())
                    .isInstanceOf(IOException.class);
            try (RandomAccessFile again = new RandomAccessFile(memory.where(), "rw")) {
                for (long length : new long[] {0, 4096, BYTES - 1, BYTES + 1}) {
                    assertThatThrownBy(() -> again.setLength(length)).isInstanceOf(IOException.class);
                }
                again.seek(BYTES);
                assertThatThrownBy(() -> again.write(1)).isInstanceOf(IOException.class);
            }
            assertThat(memory.channel().size()).isEqualTo(BYTES);
        }
    }

    @Test
    void anotherMapsTheSameMemory() throws IOException {
        try (SharedFile memory = make();
                Arena arena = Arena.ofConfined();
                FileChannel again = SharedFile.open(memory.where(), memory.name(), false)) {
            var here = memory.channel().map(MapMode.READ_WRITE, 0, BYTES, arena);
            var there = again.map(MapMode.READ_WRITE, 0, BYTES, arena);
            assertThat(there.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
            there.set(ValueLayout.JAVA_BYTE, BYTES - 1, (byte) 42);
            assertThat(here.get(ValueLayout.JAVA_BYTE, BYTES - 1)).isEqualTo((byte) 42);
        }
    }

    @Test
    void noOtherUserMayOpenIt() throws IOException {
        try (SharedFile memory = make()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(memory.where()))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void afterItsEndItIsNotFound() throws IOException {
        SharedFile memory = make();
        memory.close();
        try (SharedFile next = make()) {
            assertThat(next.name()).isNotEqualTo(memory.name());
            assertThatThrownBy(() -> SharedFile.open(memory.where(), memory.name(), false))
                    .isInstanceOf(IOException.class);
        }
    }

    /** Each takes one descriptor while it is there, and a refused one none. */
    @Test
    void noDescriptorIsLeft() throws IOException {
        make().close();
        Set<String> others = new HashSet<>(memories()); // of earlier tests, and closed when they are collected
        List<SharedFile> made = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            made.add(make());
            assertThatThrownBy(() -> os.sealedMemory(1L << 50)).isInstanceOf(IOException.class);
        }
        assertThat(memories())
                .filteredOn(name -> !others.contains(name))
                .containsExactlyInAnyOrderElementsOf(
                        made.stream().map(SharedFile::name).toList());
        for (SharedFile memory : made) {
            memory.close();
        }
        assertThat(others).containsAll(memories());
    }

    /** What each descriptor for memory leads to; no name is used twice. */
    private static List<String> memories() {
        List<String> memories = new ArrayList<>();
        for (File descriptor : new File("/proc/self/fd").listFiles()) {
            try {
                String file = Files.readSymbolicLink(descriptor.toPath()).toString();
                if (file.contains("pando-memory")) {
                    memories.add(file);
                }
            } catch (IOException closedMeanwhile) {
                // the one by which the folder was listed
            }
        }
        return memories;
    }

    @Test
    void whatTheMachineDoesNotHaveIsRefusedAtOnce() {
        assertThat(os.canSeal(true)).isTrue();
        assertThatThrownBy(() -> os.sealedMemory(1L << 50))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room for " + (1L << 40) + " KiB")
                .hasMessageContaining("MiB more");
    }
}
