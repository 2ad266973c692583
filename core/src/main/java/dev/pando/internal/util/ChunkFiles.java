package dev.pando.internal.util;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Files of the JDK's flight recorder. Such a file is a row of chunks, each of which can be read by itself, so that
 * several files written one behind the other are one recording, whichever JVMs made them.
 */
public final class ChunkFiles {
    private static final String ENDING = ".jfr";
    private static final int HEADER_BYTES = 68;
    private static final int MAGIC = 0x464C5200;
    private static final int SIZE_AT = 8;
    private static final int METADATA_AT = 24;

    /** 0: the chunk is complete; 255: its header is being written; between: the JVM still writes the chunk. */
    private static final int STATE_AT = 64;

    private static final int BEING_WRITTEN = 255;

    /** Of the description of events: its size, its type, its time, how long it took. */
    private static final int FIELDS_BEFORE_NUMBER = 4;

    /** What those and the number take at most. */
    private static final int LONGEST_FIELDS = 50;

    /** No chunk numbers its description so. */
    private static final long UNKNOWN = -1;

    private ChunkFiles() {}

    /** Returns the recordings in this folder that are not empty, ordered by name. */
    public static List<Path> in(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : files(folder)) {
            if (Files.size(file) > 0) {
                files.add(file);
            }
        }
        return files;
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : all) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(file);
                }
            }
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    /**
     * Writes the chunks of these recordings into a file, one behind the other, and leaves out what is no whole chunk. A
     * chunk that a JVM was writing when it was killed is taken as far as the disk has it, to which a JVM brings its
     * events each second.
     */
    public static void join(List<Path> recordings, Path file) throws IOException {
        try (FileChannel out = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            long before = 0;
            for (Path one : recordings) {
                try (FileChannel in = FileChannel.open(one, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                    long at = 0;
                    for (long size = chunk(in, at); size > 0; size = chunk(in, at)) {
                        long start = out.position();
                        copy(in, at, size, out);
                        out.write(ByteBuffer.allocate(1), start + STATE_AT); // or else a reader waits for the JVM
                        long number = renumber(out, start, before);
                        if (number == UNKNOWN) {
                            out.truncate(start); // a worker that means harm must not cost the others their recording
                        } else {
                            before = number;
                        }
                        at += size;
                    }
                }
            }
        }
    }

    /** Returns how many bytes the chunk has that begins here; 0 if none does, or not all of it is there. */
    private static long chunk(FileChannel recording, long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (recording.read(header, at) < HEADER_BYTES) {
            return 0;
        }
        long size = header.getLong(SIZE_AT);
        boolean isWhole = header.getInt(0) == MAGIC
                && (header.get(STATE_AT) & 0xff) != BEING_WRITTEN
                && header.getLong(METADATA_AT) > 0
                && header.getLong(METADATA_AT) < size
                && size > HEADER_BYTES
                && size <= recording.size() - at;
        return isWhole ? size : 0;
    }

    /**
     * Gives the description of a chunk's events another number than that of the chunk before, and returns it. Returns
     * {@link #UNKNOWN} if there is no description. Each JVM counts from 1, and the JDK's reader takes descriptions with
     * one number for the same: it would read a chunk by the types of another JVM.
     */
    private static long renumber(FileChannel out, long chunk, long before) throws IOException {
        ByteBuffer place = ByteBuffer.allocate(Long.BYTES);
        out.read(place, chunk + METADATA_AT);
        long metadata = chunk + place.getLong(0);
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_FIELDS);
        out.read(bytes, metadata);
        bytes.flip();
        for (int field = 0; field < FIELDS_BEFORE_NUMBER; field++) {
            number(bytes);
        }
        int from = bytes.position();
        long number = number(bytes);
        if (number == UNKNOWN || number != before) {
            return number;
        }
        number = number <= 1 ? 2 : number - 1; // it has no more bytes than before
        int length = bytes.position() - from;
        ByteBuffer fresh = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            long seven = (number >> (7 * i)) & 0x7f;
            fresh.put((byte) (i < length - 1 ? seven | 0x80 : seven));
        }
        out.write(fresh.flip(), metadata + from);
        return number;
    }

    /** Reads a number of the recorder's: seven bits a byte, the lowest first, as long as the eighth is set. */
    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE && bytes.hasRemaining(); shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        return UNKNOWN;
    }

    private static void copy(FileChannel in, long from, long bytes, FileChannel out) throws IOException {
        for (long done = 0; done < bytes; ) {
            long copied = in.transferTo(from + done, bytes - done, out);
            if (copied <= 0) {
                throw new IOException("a recording has become shorter while it was read");
            }
            done += copied;
        }
    }

    /** Deletes recordings of this folder, the oldest first, until the others have no more bytes than this. */
    public static void keepNewest(Path folder, long mostBytes) throws IOException {
        List<Path> newest = new ArrayList<>(in(folder));
        newest.sort(Comparator.comparingLong(ChunkFiles::modified).reversed());
        long sum = 0;
        for (Path file : newest) {
            sum += Files.size(file);
            if (sum > mostBytes) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Deletes a folder and the recordings in it, and nothing else: one that holds other files stays. */
    public static void delete(Path folder) throws IOException {
        try {
            for (Path file : files(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException gone) {
            // the JVM has deleted it itself
        }
    }
}
