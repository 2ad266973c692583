package dev.pando.lab.look;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One record of what a program answers: a kind, and fields of which a program of another version may have others.
 *
 * @param fields texts, which are clean, and numbers
 */
record SeenRecord(String kind, Map<String, Object> fields) {

    /** Reads the records of one answer, as core's RecordWriter writes them. */
    static List<SeenRecord> answer(DataInputStream in) throws IOException {
        List<SeenRecord> records = new ArrayList<>();
        while (in.readByte() != 0) {
            String kind = in.readUTF();
            Map<String, Object> fields = new LinkedHashMap<>();
            for (byte type = in.readByte(); type != 0; type = in.readByte()) {
                String name = in.readUTF();
                fields.put(name, type == 'n' ? in.readLong() : CleanText.of(in.readUTF()));
            }
            records.add(new SeenRecord(kind, fields));
        }
        return records;
    }

    boolean is(String wanted) {
        return kind.equals(wanted);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Returns what is written there, or nothing. */
    String text(String name) {
        return String.valueOf(fields.getOrDefault(name, ""));
    }

    /** Returns the number there, or 0. */
    long number(String name) {
        return fields.get(name) instanceof Long number ? number : 0;
    }
}
