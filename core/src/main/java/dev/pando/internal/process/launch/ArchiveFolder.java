package dev.pando.internal.process.launch;

import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.OwnFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a user's archives lie. The name of an archive tells its JDK, its flags and the sum of its bytes,
 * so that a damaged file is not taken for an archive.
 *
 * <pre>
 *   KEY-SUM.jsa     an archive, never written to again
 *   KEY-none.jsa    empty: none can be made, not to be tried again
 *   KEY.PID.tmp/    the folder of one that is being made
 * </pre>
 */
final class ArchiveFolder {
    /** A hash function with well distributed bits, FNV-1a: its start and its factor. */
    private static final long FNV_START = 0xcbf29ce484222325L;

    private static final long FNV_FACTOR = 0x100000001b3L;

    private static final String END = ".jsa";
    private static final String NONE = "none";
    private static final String DRAFT = ".tmp";

    /** Of one user. Each new version of Pando or of the JDK leaves one behind. */
    private static final int KEPT = 8;

    private static final long DRAFT_MILLIS = TimeUnit.DAYS.toMillis(1);

    private static final int BUFFER = 1 << 16;

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final OperatingSystem os;
    private final Path folder;
    private final String key;

    /**
     * Names the archives in a folder that is meant for these facts.
     *
     * @param facts what an archive must have been made with
     */
    ArchiveFolder(OperatingSystem os, File folder, String facts) {
        this.os = os;
        this.folder = folder.getAbsoluteFile().toPath(); // a worker may run in another directory
        this.key = hash(facts);
    }

    private static String hash(String facts) {
        long hash = FNV_START;
        for (int i = 0; i < facts.length(); i++) {
            hash = (hash ^ facts.charAt(i)) * FNV_FACTOR;
        }
        return Long.toHexString(hash);
    }

    Path path() {
        return folder;
    }

    /** Returns what names the archive for all of this program. */
    String name() {
        return folder.resolve(key).toString();
    }

    /** Whether only this user can put anything there. */
    boolean isSafe() {
        return os.isOnlyMine(folder);
    }

    /** Whether an archive was made, or cannot be. */
    boolean isSettled() {
        return !mine().isEmpty();
    }

    /** Returns the archive, open and found to be whole; null if there is none, or if anything is doubtful. */
    @Nullable
    OwnFile find() {
        try {
            for (Path file : mine()) {
                OwnFile opened = Files.size(file) > 0 && isSafe() ? os.ownFile(file) : null;
                if (opened == null) {
                    continue;
                }
                if (file.getFileName().toString().equals(nameOf(opened.channel()))) {
                    return opened;
                }
                opened.close();
                Files.deleteIfExists(file); // damaged: the next pool makes another
            }
        } catch (IOException doubtful) {
            // then there is none
        }
        return null;
    }

    /** Not a stream of the folder: that loads some twenty classes before a fresh program's first result. */
    private List<Path> mine() {
        List<Path> mine = new ArrayList<>();
        String[] names = folder.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            if (name.startsWith(key + "-") && name.endsWith(END)) {
                mine.add(folder.resolve(name));
            }
        }
        return mine;
    }

    /** The length is a part of the sum, because zeros at the end may leave the rest of it as it was. */
    private String nameOf(FileChannel whole) throws IOException {
        CRC32 sum = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; whole.read(buffer, at) >= 0; at += buffer.limit(), buffer.clear()) {
            sum.update(buffer.flip());
        }
        sum.update(buffer.clear().putLong(whole.size()).flip());
        return key + "-" + Long.toHexString(sum.getValue()) + END;
    }

    /** Returns a folder of its own for an archive that is being made; null where another user may write. */
    @Nullable
    Path draft() throws IOException {
        Files.createDirectories(folder, PRIVATE);
        if (!isSafe()) {
            return null; // it would be code that another user may replace
        }
        tidy();
        return Files.createDirectories(
                folder.resolve(key + "." + ProcessHandle.current().pid() + DRAFT), PRIVATE);
    }

    /** Gives a finished archive its name. A machine that dies now leaves it whole or not at all. */
    void keep(Path made) throws IOException {
        String name;
        try (FileChannel written = FileChannel.open(made, StandardOpenOption.READ)) {
            written.force(true);
            name = nameOf(written);
        }
        Files.setPosixFilePermissions(made, FILE);
        Files.move(made, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Notes that none can be made, so that no program tries again. */
    void keepNone() throws IOException {
        Path mark = folder.resolve(key + "-" + NONE + END);
        Files.newByteChannel(
                        mark,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(FILE))
                .close();
    }

    /** Deletes the archive, since a worker may have died of it. */
    void discard() {
        try {
            if (isSafe()) {
                for (Path file : mine()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException othersOrGone) {
            // it is not used by this pool, in any case
        }
    }

    static void delete(Path draft) throws IOException {
        try (Stream<Path> inside = Files.list(draft)) {
            for (Path each : (Iterable<Path>) inside::iterator) {
                Files.deleteIfExists(each);
            }
        }
        Files.deleteIfExists(draft);
    }

    /** Removes what others left behind when they died, and what is too old to be of use. */
    private void tidy() throws IOException {
        try (Stream<Path> there = Files.list(folder)) {
            List<File> oldest = there.map(Path::toFile)
                    .sorted(Comparator.comparingLong(File::lastModified))
                    .toList();
            long archives = oldest.stream().filter(ArchiveFolder::isArchive).count();
            for (File each : oldest) {
                if (isArchive(each) && archives-- >= KEPT) {
                    Files.deleteIfExists(each.toPath());
                }
                if (each.getName().endsWith(DRAFT) && isLeft(each)) {
                    remove(each.toPath());
                }
            }
        }
    }

    /** A clock that was set makes drafts look old, or as if they were still to come: the maker must be gone as well. */
    private static boolean isLeft(File draft) {
        String named = draft.getName().substring(0, draft.getName().length() - DRAFT.length());
        String pid = named.substring(named.lastIndexOf('.') + 1);
        return Math.abs(System.currentTimeMillis() - draft.lastModified()) > DRAFT_MILLIS
                && !(pid.matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(pid)).isPresent());
    }

    private static void remove(Path left) throws IOException {
        if (Files.isDirectory(left)) {
            delete(left);
        } else {
            Files.deleteIfExists(left);
        }
    }

    private static boolean isArchive(File file) {
        return file.getName().endsWith(END);
    }
}
