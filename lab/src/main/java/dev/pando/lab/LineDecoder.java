package dev.pando.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream. Where bytes are none of the charset the lines end, and {@link #malformedLine} says where: a
 * line with letters replaced would be another line. Not thread-safe.
 */
final class LineDecoder implements Iterator<String> {
    private static final int SIZE = 8_192;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
    private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
    private final StringBuilder line = new StringBuilder();
    private @Nullable String next;
    private long lines;
    private long malformed;
    private boolean begun;
    private boolean afterReturn; // the last line ended with a carriage return, so a line feed belongs to it
    private boolean ended;

    LineDecoder(InputStream in, Charset charset) {
        this.in = in;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Returns the number of the line that ended the reading, from 1, or 0 if there was none. */
    long malformedLine() {
        return malformed;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            next = read();
        }
        return next != null;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String found = next;
        next = null;
        return found == null ? "" : found;
    }

    private @Nullable String read() {
        while (true) {
            while (chars.hasRemaining()) {
                char c = chars.get();
                boolean feedOfReturn = c == '\n' && afterReturn;
                afterReturn = c == '\r';
                if (!feedOfReturn && (c == '\n' || c == '\r')) {
                    return taken();
                }
                if (!feedOfReturn && (begun || c != BYTE_ORDER_MARK)) {
                    line.append(c);
                }
                begun = true;
            }
            if (ended || !decode()) {
                ended = true;
                return line.isEmpty() || malformed > 0 ? null : taken();
            }
        }
    }

    private String taken() {
        lines++;
        String whole = line.toString();
        line.setLength(0);
        return whole;
    }

    /** Fills the letters. Returns false at the end. Letters before malformed bytes come first. */
    private boolean decode() {
        chars.clear();
        boolean atEnd = false;
        try {
            CoderResult result = decoder.decode(bytes, chars, false);
            while (chars.position() == 0 && result.isUnderflow() && !atEnd) {
                atEnd = !more();
                result = decoder.decode(bytes, chars, atEnd);
            }
            chars.flip();
            if (result.isError() && !chars.hasRemaining()) {
                malformed = lines + 1;
                return false;
            }
            return chars.hasRemaining();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean more() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        return read >= 0;
    }
}
