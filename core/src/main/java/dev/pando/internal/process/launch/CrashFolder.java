package dev.pando.internal.process.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which the workers of one pool leave their crash logs, closed to other users: HotSpot opens a log for
 * all users to read, and a umask would change the files of tasks too. Each pool makes a folder of its own, under a name
 * that was free, so that nothing that another user has put into the temporary folder is ever used.
 */
final class CrashFolder implements AutoCloseable {
    /** The option of HotSpot that says where its crash log goes. */
    static final String LOG = "-XX:ErrorFile=";

    /** What a compiler that crashes leaves besides, which HotSpot opens for all users as well. */
    private static final String REPLAY = "-XX:ReplayDataFile=";

    private static final String NOWHERE = File.separatorChar == '/' ? "/dev/null" : "NUL";

    private final Path temporary;
    private final String pool;

    @GuardedBy("this")
    private @Nullable Path made;

    /**
     * Makes nothing before the first worker starts.
     *
     * @param temporary where the folder will be
     * @param pool a name, of any characters
     */
    CrashFolder(Path temporary, String pool) {
        this.temporary = temporary.toAbsolutePath(); // a worker may run in another directory
        this.pool = safe(pool);
    }

    /** Returns the name without any character that a path could trip over. */
    private static String safe(String name) {
        StringBuilder safe = new StringBuilder(name);
        for (int i = 0; i < safe.length(); i++) {
            char at = safe.charAt(i);
            boolean plain = (at >= 'a' && at <= 'z') || (at >= 'A' && at <= 'Z') || (at >= '0' && at <= '9');
            if (!plain && at != '.' && at != '_' && at != '-') {
                safe.setCharAt(i, '_');
            }
        }
        return safe.toString();
    }

    static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Returns what the paths of all folders begin with that this program makes. */
    static String beginningOf(Path temporary) {
        return temporary
                        .toAbsolutePath()
                        .resolve("pando-crash-" + ProcessHandle.current().pid() + "-") + "";
    }

    /** Returns the options of a worker. The folder is made again if a cleaner of temporary files has removed it. */
    synchronized List<String> options() {
        try {
            Path folder = made;
            if (folder == null || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                folder = newFolder();
                made = folder;
            }
            return List.of(LOG + folder.resolve(name("%p", "crash")), REPLAY + folder.resolve(name("%p", "replay")));
        } catch (IOException full) {
            // without these options HotSpot would write into the working directory, for all users to read
            return List.of(LOG + NOWHERE, REPLAY + NOWHERE);
        }
    }

    /** Not {@code createTempDirectory}, which would load cryptography at each program's start, for a name. */
    private Path newFolder() throws IOException {
        while (true) {
            Path folder = Path.of(beginningOf(temporary) + Long.toHexString(System.nanoTime()));
            try {
                return Files.createDirectory(folder, owners());
            } catch (FileAlreadyExistsException taken) {
                // by an earlier pool, or by another program: the next nanosecond is another name
            }
        }
    }

    /** Mode 700, where the system has modes. */
    private static FileAttribute<?>[] owners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Returns where a worker with this process id leaves its log; null if no worker can have left one. */
    synchronized @Nullable Path log(long pid) {
        return made == null ? null : made.resolve(name(String.valueOf(pid), "crash"));
    }

    private String name(String pid, String what) {
        return "pando-" + pool + "-" + pid + "-" + what + ".log";
    }

    /** Removes the folder, unless a log is in it. */
    @Override
    public synchronized void close() {
        try {
            if (made != null) {
                Files.deleteIfExists(made);
            }
        } catch (IOException holdsLogs) {
            // they stay until the user deletes them
        }
    }
}
