package dev.pando.cluster.internal.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a command, each {@code --name value} or, if it is a flag, {@code --name}. */
final class CommandArguments {
    private final Map<String, String> values = new HashMap<>();

    private CommandArguments() {}

    /**
     * Reads options.
     *
     * @throws WrongCallException one is unknown, or lacks its value
     */
    static CommandArguments parse(List<String> typed, Set<String> names, Set<String> flags) throws WrongCallException {
        CommandArguments read = new CommandArguments();
        for (int i = 0; i < typed.size(); i++) {
            String option = typed.get(i);
            if (flags.contains(option)) {
                read.values.put(option, "");
            } else if (!names.contains(option)) {
                throw new WrongCallException("'" + option + "' is no option; there are "
                        + String.join(", ", new java.util.TreeSet<>(names)) + ", "
                        + String.join(", ", new java.util.TreeSet<>(flags)));
            } else if (i + 1 == typed.size()) {
                throw new WrongCallException("'" + option + "' needs a value");
            } else {
                read.values.put(option, typed.get(++i));
            }
        }
        return read;
    }

    @Nullable
    String value(String option) {
        return values.get(option);
    }

    String value(String option, String otherwise) {
        return values.getOrDefault(option, otherwise);
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    /**
     * Returns a number.
     *
     * @throws WrongCallException it is none, or is out of bounds
     */
    int number(String option, int otherwise, int least, int most) throws WrongCallException {
        String typed = values.get(option);
        if (typed == null) {
            return otherwise;
        }
        if (typed.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(typed);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new WrongCallException(
                "'" + typed + "' does not fit " + option + ": a number from " + least + " to " + most);
    }
}
