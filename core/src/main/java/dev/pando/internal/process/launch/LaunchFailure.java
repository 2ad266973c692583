package dev.pando.internal.process.launch;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an error number of the system says about a process that could not be started, in words for the user. */
final class LaunchFailure {
    static final int TOO_MANY_FILES = 24;

    private static final Pattern ERRNO = Pattern.compile("error[=:] ?(\\d+)");
    private static final int TOO_LONG = 7;
    private static final int NO_PROCESS = 11;
    private static final int NO_MEMORY = 12;

    private LaunchFailure() {}

    /** @param failure of the JDK, which has the number in its message */
    static String textOf(IOException failure) {
        String said = String.valueOf(failure.getMessage());
        Matcher number = ERRNO.matcher(said);
        return switch (number.find() ? Integer.parseInt(number.group(1)) : 0) {
            case TOO_MANY_FILES ->
                "this process has too many files open (each worker takes four): raise the limit (ulimit -n),"
                        + " or use fewer workers";
            case TOO_LONG ->
                "its command line is longer than the system allows, most likely for a class path of "
                        + System.getProperty("java.class.path", "").length()
                        + " characters: put it into the manifest of a jar";
            case NO_PROCESS, NO_MEMORY -> "the system has no more processes or memory to give: " + said;
            default -> "no process could be started: " + said;
        };
    }
}
