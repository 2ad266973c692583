package dev.pando.lab.look;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a task of another program is.
 *
 * @param frames the innermost first
 * @param missing why there are none, by the name that the program's {@code TaskStack.Missing} has; empty if there are
 *     some, or if that Pando is too old to say
 */
record SeenStack(List<String> frames, String missing) {

    /** Returns the stack of this record, for the frames that follow it. */
    static SeenStack begun(SeenRecord head) {
        return new SeenStack(new ArrayList<>(), head.text("missing"));
    }

    /** Returns the stack of the only task that was asked for. */
    static SeenStack of(List<SeenRecord> answer) {
        SeenStack stack = new SeenStack(
                new ArrayList<>(),
                answer.stream()
                        .filter(record -> record.is("nothing"))
                        .map(record -> record.text("missing"))
                        .findFirst()
                        .orElse(""));
        answer.stream().filter(record -> record.is("frame")).forEach(stack::add);
        return stack;
    }

    void add(SeenRecord frame) {
        frames.add(frame.text("at"));
    }
}
