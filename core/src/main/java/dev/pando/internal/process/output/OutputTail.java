package dev.pando.internal.process.output;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last lines of a worker, for the report of its death. Not thread-safe, as {@link LineSplitter}. */
final class OutputTail {
    /** The most lines that are kept: somewhat more than are reported, since an unfinished line comes in addition. */
    static final int LINES = 50;

    /**
     * The most characters that are kept: four lines of the longest kind, so that a worker that prints much costs little
     * memory.
     */
    static final int CHARS = 4 * LineSplitter.LONGEST;

    /** The most lines that are reported: a stack trace with its causes, and what led to it. */
    static final int REPORTED = 45;

    /**
     * One task's turn on the worker, or the time between two. Tasks may have the same name, so this is compared by
     * identity.
     */
    static final class TaskTurn {
        /** The output of the turn begins with this byte of all that the worker prints. */
        final long from;

        /** That may be one byte too few: see {@link OutputReader}. */
        final boolean early;

        final Optional<String> task;

        TaskTurn(long from, boolean early, Optional<String> task) {
            this.from = from;
            this.early = early;
            this.task = task;
        }
    }

    /**
     * A line, and whose turn it was when it was printed.
     *
     * @param logged what was logged, where the line tells of that; {@code null}: it was printed
     */
    record Said(
            TaskTurn turn,
            String text,
            boolean error,
            @Nullable LoggedRecord logged) {
        Said(TaskTurn turn, String text, boolean error) {
            this(turn, text, error, null);
        }

        /** Returns the line alone: a record is kept no longer than until it is delivered. */
        Said asLine() {
            return logged == null ? this : new Said(turn, text, error);
        }
    }

    private final ArrayDeque<Said> said = new ArrayDeque<>();
    private int chars;

    void add(Said line) {
        said.addLast(line.asLine());
        chars += line.text.length();
        while (said.size() > LINES || chars > CHARS) {
            chars -= said.removeFirst().text.length();
        }
    }

    List<Said> all() {
        return List.copyOf(said);
    }

    /** The last lines of the last task of that name; if there are none, the last lines. */
    List<String> last(String task, TaskTurn now, List<String> unfinished) {
        List<Said> all = new ArrayList<>(said);
        for (String text : unfinished) {
            all.add(new Said(now, text, false));
        }
        for (Said line : all.reversed()) {
            if (!line.turn.task.equals(Optional.of(task))) {
                continue;
            }
            all.removeIf(other -> other.turn != line.turn);
            break;
        }
        return all.subList(Math.max(0, all.size() - REPORTED), all.size()).stream()
                .map(Said::text)
                .toList();
    }
}
