package dev.pando.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One program under way: what it prints, line by line. Closing its input tells it that it may end, if it waits for that. */
final class Program {
    private static final long PATIENCE_MINUTES = 5;

    /** Is told of each line: its first word, and what follows. */
    @FunctionalInterface
    interface Reader {
        void line(Process program, String name, String rest) throws IOException, InterruptedException;
    }

    private Program() {}

    /** Reads until it ends; one that takes too long is killed, with what it started. False: it failed. */
    static boolean run(List<String> command, ProcessBuilder.Redirect errors, Reader reader) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(command).redirectError(errors).start();
        program.onExit().orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).exceptionally(late -> {
            end(program);
            return program;
        });
        try (BufferedReader out = program.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int space = line.indexOf(' ');
                reader.line(program, space < 0 ? line : line.substring(0, space), space < 0 ? "" : line.substring(space + 1));
            }
            return program.waitFor() == 0;
        } finally {
            end(program);
        }
    }

    private static void end(Process program) {
        if (!program.isAlive()) return;
        try (Stream<ProcessHandle> descendants = program.descendants()) {
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        program.destroyForcibly();
    }
}
