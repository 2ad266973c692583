package dev.pando.lab.experiment;

/** Ends a program that the lab started when the block ends, and when the lab ends, also on Ctrl-C. */
final class ProcessLeash implements AutoCloseable {
    private final Process program;
    private final Thread farewell;

    ProcessLeash(Process program) {
        this.program = program;
        this.farewell = new Thread(this::end, "pando-lab-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
    }

    /** Ends the children first, because they cannot be found once the program is gone. */
    private void end() {
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is shutting down, and the hook finds nothing to end.
        }
    }
}
