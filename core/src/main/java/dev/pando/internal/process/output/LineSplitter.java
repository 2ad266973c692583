package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into lines. A line ends with {@code \n}, {@code \r\n} or, so that a progress bar is seen while it moves, a
 * {@code \r} alone. Bytes become characters a line at a time, so it does not matter how they were read. Not safe for
 * threads: the lock of the {@link OutputReader} is held here.
 */
final class LineSplitter {
    static final int LONGEST = 8 * 1024;

    /** The line that has not ended. */
    private final byte[] bytes = new byte[LONGEST];

    private int length;

    /** A {@code \r} ended the last line: a {@code \n} that comes now belongs to it. */
    private boolean returned;

    /** The line, or the piece of a line that is too long, that ends with this byte or before it. */
    @Nullable
    String add(byte next) {
        if (next == '\r') {
            if (length == 0) {
                return null; // a progress bar begins with it, and an empty line has its \n still to come
            }
            returned = true;
            return cut(length);
        }
        boolean ended = returned;
        returned = false;
        if (next == '\n') {
            return ended ? null : cut(length);
        }
        String piece = length < LONGEST ? null : cut(wholeCharacters());
        bytes[length++] = next;
        return piece;
    }

    /** Whether something was printed that a {@code \n} would end. */
    boolean inLine() {
        return length > 0 || returned;
    }

    /** What came of the line that has not ended; {@code null}: nothing. */
    @Nullable
    String unfinished() {
        return length == 0 ? null : new String(bytes, 0, length, UTF_8);
    }

    /** Ends the line here, whatever comes. */
    @Nullable
    String finish() {
        return length == 0 ? null : cut(length);
    }

    /** Malformed bytes become replacement characters. */
    private String cut(int size) {
        String text = new String(bytes, 0, size, UTF_8);
        System.arraycopy(bytes, size, bytes, 0, length - size);
        length -= size;
        return text;
    }

    /** How many of the bytes, which are as many as fit, can be cut off without cutting a character in two. */
    private int wholeCharacters() {
        for (int back = 1; back < 4; back++) {
            int lead = bytes[length - back] & 0xff;
            if (lead < 0x80) {
                return length;
            }
            if (lead < 0xc0) {
                continue; // not the first byte of its character
            }
            int needs = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
            return needs > back ? length - back : length;
        }
        return length;
    }
}
