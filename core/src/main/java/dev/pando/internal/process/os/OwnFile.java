package dev.pando.internal.process.os;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of this user's that no other user can write to, opened once. The open file is checked, and child processes get
 * that same one by its descriptor, so that a folder that is exchanged in between exchanges nothing.
 *
 * @param channel the open file, for reading
 * @param where the path by which child processes open the same file, while this process has it open
 */
public record OwnFile(FileChannel channel, String where) implements Closeable {
    /** The part of a {@code mode} that tells the kind of a file, as in stat(2). */
    private static final int KIND = 0170000;

    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int STICKY = 0001000;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int ROOT = 0;

    /** Returns null if there is no such file, or if another user may have had a hand in it. */
    static @Nullable OwnFile open(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            // any descriptor of that name will do, since the descriptor itself is checked
            String descriptor = DescriptorSearch.find(file.toRealPath().toString());
            if (isMine(Path.of("/proc/self/fd", descriptor))) {
                return new OwnFile(channel, "/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
            }
        } catch (IOException | RuntimeException doubtful) {
            // then there is none
        }
        closeQuietly(channel);
        return null;
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            // it was to go
        }
    }

    /**
     * Whether only this user can put anything into this folder, or exchange it. A folder above that others may write to
     * is as good if it is sticky, as the temporary folder is: others cannot rename what is mine there.
     */
    static boolean isInMyHands(Path folder) {
        try {
            int me = number(Path.of("/proc/self"), "uid");
            Path real = folder.toRealPath();
            int mode = number(real, "mode");
            boolean mine = (mode & KIND) == FOLDER && (mode & WRITABLE_BY_OTHERS) == 0 && number(real, "uid") == me;
            for (Path above = real.getParent(); mine && above != null; above = above.getParent()) {
                int owner = number(above, "uid");
                int rights = number(above, "mode");
                mine = (owner == me || owner == ROOT) && ((rights & WRITABLE_BY_OTHERS) == 0 || (rights & STICKY) != 0);
            }
            return mine;
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    /** Whether the file is regular, this user's, writable by no other, and has this one name. */
    private static boolean isMine(Path descriptor) throws IOException {
        int mode = number(descriptor, "mode");
        return (mode & KIND) == REGULAR
                && (mode & WRITABLE_BY_OTHERS) == 0
                && number(descriptor, "uid") == number(Path.of("/proc/self"), "uid")
                && number(descriptor, "nlink") == 1;
    }

    private static int number(Path file, String attribute) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:" + attribute);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
