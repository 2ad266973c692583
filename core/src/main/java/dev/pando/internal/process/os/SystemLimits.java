package dev.pando.internal.process.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How many files and mappings the system lets this process have; without state. */
public final class SystemLimits {
    /** Where the system does not tell: a quarter of this is enough for many arrays, and little for any system. */
    private static final long UNTOLD = 4096;

    /** The key {@code AT_PAGESZ} of {@code linux/auxvec.h}. */
    private static final long PAGE_SIZE = 6;

    /** A multiple of the page of each usual kernel. */
    private static final long LARGE_PAGE = 1 << 16;

    private static final File NOTHING = new File("/dev/null");

    /** So many descriptors are needed for a moment to make a file of memory. */
    private static final int FEW = 4;

    private SystemLimits() {}

    /** Returns how many descriptors this process may have. */
    public static long openFiles() {
        String limits = ProcFs.read("/proc/self/limits", ProcFs.SMALL);
        OptionalLong files = ProcFs.number(limits, "Max open files");
        boolean unlimited = limits != null && limits.contains("Max open files") && files.isEmpty();
        return files.orElse(unlimited ? Long.MAX_VALUE : UNTOLD);
    }

    /** Returns how many mappings this process may have: also threads and the heap need some. */
    public static long mappings() {
        return ProcFs.number(ProcFs.read("/proc/sys/vm/max_map_count", ProcFs.SMALL), "")
                .orElse(Long.MAX_VALUE);
    }

    /** Returns the bytes of a page, of which each mapping has a whole number; or more, where that is not told. */
    public static long pageBytes() {
        String told = ProcFs.read("/proc/self/auxv", ProcFs.SMALL);
        byte[] bytes = told == null ? new byte[0] : told.getBytes(StandardCharsets.ISO_8859_1);
        LongBuffer pairs = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer();
        while (pairs.remaining() >= 2) {
            long key = pairs.get();
            long value = pairs.get();
            if (key == PAGE_SIZE) {
                return value;
            }
        }
        return LARGE_PAGE;
    }

    /** Returns the failure to make memory, or another that names the cause if that is a want of descriptors. */
    public static IOException explain(IOException failure) {
        if (!isNoFileLeft()) {
            return failure;
        }
        return new IOException(
                "this program has no file descriptor left, of " + openFiles() + " that it may have (ulimit -n), and"
                        + " each shared array of more than 16"
                        + " KiB takes one: close arrays that are"
                        + " not needed, make few large arrays"
                        + " and slices of them, or raise that"
                        + " limit",
                failure);
    }

    /** Whether the descriptors of this process are used up, but for a few. */
    private static boolean isNoFileLeft() {
        List<FileInputStream> opened = new ArrayList<>();
        try {
            for (int i = 0; i < FEW && NOTHING.exists(); i++) {
                opened.add(new FileInputStream(NOTHING));
            }
            return false;
        } catch (IOException none) {
            return true;
        } finally {
            opened.forEach(SystemLimits::close);
        }
    }

    private static void close(FileInputStream in) {
        try {
            in.close();
        } catch (IOException gone) {
            // nothing was read
        }
    }
}
