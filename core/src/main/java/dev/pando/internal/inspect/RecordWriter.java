package dev.pando.internal.inspect;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Writes records: a kind, then fields with names, so that a tool of another version can leave out what it does not
 * know. A record begins with 1 and its fields end with 0; a 0 where a record could begin ends the answer.
 */
final class RecordWriter {
    /** In UTF-8 far below the 65535 bytes that a text of this format may have. */
    private static final int LONGEST_TEXT = 1000;

    private final DataOutputStream out;

    RecordWriter(DataOutputStream out) {
        this.out = out;
    }

    RecordWriter begin(String kind) throws IOException {
        out.writeByte(1);
        out.writeUTF(kind);
        return this;
    }

    RecordWriter field(String name, long value) throws IOException {
        out.writeByte('n');
        out.writeUTF(name);
        out.writeLong(value);
        return this;
    }

    RecordWriter field(String name, OptionalLong value) throws IOException {
        return value.isPresent() ? field(name, value.getAsLong()) : this;
    }

    RecordWriter field(String name, String value) throws IOException {
        out.writeByte('s');
        out.writeUTF(name);
        out.writeUTF(value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT) + "...");
        return this;
    }

    void end() throws IOException {
        out.writeByte(0);
    }

    void endAnswer() throws IOException {
        out.writeByte(0);
        out.flush();
    }
}
