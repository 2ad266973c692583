package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Other users cannot read crash logs, whatever they have put into the temporary folder before. */
@EnabledOnOs(OS.LINUX)
class CrashFolderTest {
    @TempDir
    Path temporary;

    private CrashFolder folder() {
        return new CrashFolder(temporary, "p");
    }

    private static Path of(CrashFolder folder) {
        assertThat(folder.options()).hasSize(2);
        return folder.log(1).getParent();
    }

    private static String mode(Path folder) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void itIsPrivateMadeAgainWhenItIsMissingAndGoneWithThePool() throws Exception {
        CrashFolder folder = folder();
        assertThat(folder.log(1)).isNull();
        Path made = of(folder);
        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(of(folder)).isEqualTo(made);
        Files.delete(made);
        Path again = of(folder);
        assertThat(mode(again)).isEqualTo("rwx------");
        folder.close();
        folder.close();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aLogOutlivesThePool() throws Exception {
        CrashFolder folder = folder();
        String pattern = folder.options().getFirst().substring(CrashFolder.LOG.length());
        assertThat(folder.log(4711)).hasToString(pattern.replace("%p", "4711"));
        Path log = Files.createFile(folder.log(4711));
        folder.close();
        assertThat(log).exists();
    }

    @Test
    void nothingThatIsInItsPlaceIsFollowed() throws Exception {
        CrashFolder folder = folder();
        Path made = of(folder);
        Path target = Files.createDirectory(temporary.resolve("target"));
        Files.delete(made);
        Files.createSymbolicLink(made, target);
        assertThat(of(folder)).isNotEqualTo(made);
        assertThat(mode(of(folder))).isEqualTo("rwx------");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void whereNoFolderCanBeMadeNoLogIsWritten() {
        assertThat(new CrashFolder(temporary.resolve("missing"), "p").options())
                .isEqualTo(List.of("-XX:ErrorFile=/dev/null", "-XX:ReplayDataFile=/dev/null"));
    }
}
