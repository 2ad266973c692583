package dev.pando.lab.look;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.report.JsonWriter;
import dev.pando.lab.terminal.TextStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints programs as they are at this moment, once. */
public final class LookPrinter {
    private final PrintWriter out;
    private final int most;

    /** @param most how many tasks of each pool are printed */
    public LookPrinter(PrintWriter out, int most) {
        this.out = out;
        this.most = most;
    }

    /** Prints what {@code top} shows of each, as tables. */
    public void tables(List<Long> pids, MessageBook messages, int width) throws IOException, LookFailure {
        List<SeenProgram> programs = states(pids);
        for (int i = 0; i < programs.size(); i++) {
            TopScreen screen = new TopScreen(messages, new TextStyle(false));
            screen.update(programs.get(i));
            if (i > 0) {
                out.println();
            }
            screen.all(width).forEach(out::println);
        }
    }

    /** Prints one object of JSON: {@code {"programs":[...]}}. */
    public void json(List<Long> pids) throws IOException, LookFailure {
        List<Object> programs = new ArrayList<>();
        for (SeenProgram program : states(pids)) {
            programs.add(ProgramMap.of(program));
        }
        out.println(JsonWriter.of(Map.of("programs", programs)));
    }

    /**
     * Of several programs those are left out that cannot be looked at: one may have ended since it was found. Throws if
     * that leaves none.
     */
    private List<SeenProgram> states(List<Long> pids) throws IOException, LookFailure {
        List<SeenProgram> states = new ArrayList<>();
        for (int i = 0; i < pids.size(); i++) {
            try (ProgramLink link = ProgramLink.to(pids.get(i))) {
                states.add(link.state(most));
            } catch (IOException | LookFailure e) {
                if (states.isEmpty() && i == pids.size() - 1) {
                    throw e;
                }
            }
        }
        return states;
    }

    /** Prints everything of one program, with all stacks. */
    public void dump(long pid) throws IOException, LookFailure {
        try (ProgramLink link = ProgramLink.to(pid)) {
            DumpText.of(link.dump(most)).forEach(out::println);
        }
    }
}
