package dev.pando.internal.process.output;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the pieces of a record, which come between other output of the worker. No more is kept than a record
 * may have. Not safe for threads, as {@link LineSplitter}.
 */
final class RecordPieces {
    private ByteArrayOutputStream pieces = new ByteArrayOutputStream();

    /** The pieces are more than a record may have, and are dropped up to the last of them. */
    private boolean tooLong;

    void add(byte next) {
        if (pieces.size() == LoggedRecord.LARGEST) {
            tooLong = true;
        } else {
            pieces.write(next);
        }
    }

    /** Returns the record that ends here; {@code null}: the pieces are none. */
    @Nullable
    LoggedRecord end() {
        byte[] bytes = pieces.toByteArray();
        boolean readable = !tooLong;
        pieces = new ByteArrayOutputStream();
        tooLong = false;
        return readable ? LogDecoder.read(bytes) : null;
    }
}
