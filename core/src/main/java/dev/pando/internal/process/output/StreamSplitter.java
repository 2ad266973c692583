package dev.pando.internal.process.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the two streams of a worker apart, by the marks of {@link MarkedStream}, and cuts each into lines; what was
 * logged comes between them. What has no mark is taken for standard output. Not safe for threads, as {@link
 * LineSplitter}.
 */
final class StreamSplitter {
    private static final String UNREADABLE = "(a log record that cannot be read)";

    private final LineSplitter out = new LineSplitter();

    /** Made with the first mark, since most workers print no error. */
    private @Nullable LineSplitter error;

    /** How many bytes of a mark were taken. */
    private int ofMark;

    /** How many of the next bytes belong to standard error, once the mark is complete. */
    private int marked;

    private boolean begun;

    /** Those bytes belong to a record, and not to standard error; made with the first, since most workers send none. */
    private @Nullable RecordPieces record;

    private boolean ofRecord;

    /** The record ends with those bytes. */
    private boolean endsRecord;

    /**
     * A line, without its end, or a record that was logged.
     *
     * @param logged {@code null}: a line
     */
    record Text(String text, boolean error, @Nullable LoggedRecord logged) {
        Text(String text, boolean error) {
            this(text, error, null);
        }
    }

    /** Takes the next byte, and adds the lines that have ended with it or before it. */
    void add(byte next, List<Text> lines) {
        if (ofMark == 0 && marked > 0) {
            marked--;
            if (ofRecord) {
                addToRecord(next, lines);
            } else {
                add(lines, error().add(next), true);
            }
            return;
        }
        switch (ofMark) {
            case 0 -> {
                if (next == MarkedStream.FIRST) {
                    ofMark = 1;
                } else {
                    add(lines, out.add(next), false);
                }
            }
            case 1 -> {
                if (next == MarkedStream.SECOND) {
                    ofMark = 2;
                } else { // that was no mark
                    ofMark = 0;
                    add(lines, out.add(MarkedStream.FIRST), false);
                    add(next, lines);
                }
            }
            case 2 -> {
                marked = (next & 0xff) << 8;
                ofMark = 3;
            }
            default -> {
                takeMark(marked + (next & 0xff));
                ofMark = 0;
            }
        }
    }

    private void takeMark(int mark) {
        ofRecord = (mark & MarkedStream.RECORD) != 0;
        endsRecord = (mark & MarkedStream.LAST) != 0;
        marked = ofRecord ? mark & ~(MarkedStream.RECORD | MarkedStream.LAST) : mark;
        begun |= mark == 0;
    }

    private void addToRecord(byte next, List<Text> lines) {
        RecordPieces pieces = record;
        if (pieces == null) {
            pieces = new RecordPieces();
            record = pieces;
        }
        pieces.add(next);
        if (marked > 0 || !endsRecord) {
            return;
        }
        LoggedRecord logged = pieces.end();
        lines.add(logged == null ? new Text(UNREADABLE, true) : new Text(logged.line(), true, logged));
    }

    /** Returns whether {@link MarkedStream#noteBeginning} came by. */
    boolean hasBegun() {
        return begun;
    }

    /** Returns whether something was printed, by the stream of the next byte, that a {@code \n} would end. */
    boolean inLine() {
        return (ofMark == 0 && marked > 0 && !ofRecord ? error() : out).inLine();
    }

    /** Returns what came of the lines that have not ended. */
    List<String> unfinished() {
        List<String> texts = new ArrayList<>();
        String printed = out.unfinished();
        if (printed != null) {
            texts.add(printed);
        }
        String complained = error == null ? null : error.unfinished();
        if (complained != null) {
            texts.add(complained);
        }
        return texts;
    }

    /** Ends the lines here, whatever comes. */
    void finish(List<Text> lines) {
        add(lines, out.finish(), false);
        if (error != null) {
            add(lines, error.finish(), true);
        }
    }

    private LineSplitter error() {
        LineSplitter there = error;
        if (there == null) {
            there = new LineSplitter();
            error = there;
        }
        return there;
    }

    private static void add(List<Text> lines, @Nullable String text, boolean error) {
        if (text != null) {
            lines.add(new Text(text, error));
        }
    }
}
