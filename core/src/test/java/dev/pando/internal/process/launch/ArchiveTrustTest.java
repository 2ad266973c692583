package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another user may have written, cut off or exchanged: no worker reads it, and none is disturbed by it. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class ArchiveTrustTest extends ArchiveFixture {
    @Test
    void oneThatIsCutOffAfterItWasOpenedHarmsNobody() throws Exception {
        CdsArchive archive = made();
        List<String> with = archive.with(WORKER);
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(archived(run(with))).isZero();
        Files.writeString(file(), "no archive at all");
        assertThat(archived(run(with))).isZero();
    }

    @Test
    void oneThatWasDamagedIsDeletedBeforeAWorkerReadsIt() throws Exception {
        CdsArchive archive = made();
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);
        assertThat(archive.with(WORKER)).isEqualTo(WORKER);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFolderThatIsExchangedExchangesNothing() throws Exception {
        List<String> with = made().with(WORKER);
        String name = file().getFileName().toString();
        Files.move(folder, place.resolve("aside"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), "no archive at all");
        assertThat(archived(run(with))).isGreaterThan(30);
    }

    /** What another user could have put there under a good name. */
    enum Doubt {
        WRITABLE_BY_ALL {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        },
        OF_ANOTHER_OWNER {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.setAttribute(file, "unix:uid", 65_534);
            }
        },
        LINKED_FROM_ELSEWHERE {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.createLink(place.resolve("second-name"), file);
            }
        },
        A_SYMBOLIC_LINK {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.move(file, place.resolve("elsewhere"));
                Files.createSymbolicLink(file, place.resolve("elsewhere"));
            }
        },
        A_FOLDER_ABOVE_IS_OPEN {
            @Override
            void cast(Path file, Path place) throws IOException {
                Files.setPosixFilePermissions(
                        file.getParent().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        };

        abstract void cast(Path file, Path place) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherUserMayHaveWrittenIsNotUsed(Doubt doubt) throws Exception {
        boolean isRoot = Files.getAttribute(place, "unix:uid").equals(0);
        assumeTrue(isRoot || doubt != Doubt.OF_ANOTHER_OWNER, "only root can give a file away");
        CdsArchive archive = made();
        doubt.cast(file(), place);
        assertThat(archive.with(WORKER)).isEqualTo(WORKER);
    }

    @Test
    void itIsWrittenForThisUserAloneWhateverTheUmask() throws Exception {
        Path script = place.resolve("careless");
        Files.writeString(script, "#!/bin/sh\numask 0\nexec " + JAVA + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        archive(script.toString()).makeNow();
        assertThat(file()).isNotEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void nobodyElseCanReadOrReplaceIt() throws Exception {
        made();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void whereSomebodyElseMayWriteItIsNeitherMadeNorUsed() throws Exception {
        CdsArchive archive = made();
        for (String open : new String[] {"rwxrwx---", "rwxr-x-w-"}) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(open));
            assertThat(archive.with(WORKER)).as(open).isEqualTo(WORKER);
        }
        Files.delete(file());
        archive("/bin/true").makeNow();
        assertThat(files()).isEmpty();
    }
}
