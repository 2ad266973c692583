package dev.pando.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running program and the lines that it prints. Closing its input lets a program end that waits for that. */
final class RunningProgram {
    private static final long PATIENCE_MINUTES = 5;

    /** Receives each line: its first word, and the rest. */
    @FunctionalInterface
    interface Reader {
        void line(Process program, String name, String rest) throws IOException, InterruptedException;
    }

    private RunningProgram() {}

    /**
     * Reads until the program ends. Kills a program that takes too long, with its children. Returns false if it failed.
     */
    static boolean run(List<String> command, ProcessBuilder.Redirect errors, Reader reader)
            throws IOException, InterruptedException {
        Process program = new ProcessBuilder(command).redirectError(errors).start();
        program.onExit().orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).exceptionally(late -> {
            end(program);
            return program;
        });
        try (BufferedReader out = program.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int space = line.indexOf(' ');
                reader.line(
                        program,
                        space < 0 ? line : line.substring(0, space),
                        space < 0 ? "" : line.substring(space + 1));
            }
            return program.waitFor() == 0;
        } finally {
            end(program);
        }
    }

    private static void end(Process program) {
        if (!program.isAlive()) {
            return;
        }
        try (Stream<ProcessHandle> descendants = program.descendants()) {
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        program.destroyForcibly();
    }
}
