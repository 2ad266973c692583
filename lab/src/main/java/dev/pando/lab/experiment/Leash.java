package dev.pando.lab.experiment;

/** Holds a program that the lab started beside itself: it ends with the block, and with the lab, also on Ctrl-C. */
final class Leash implements AutoCloseable {
    private final Process program;
    private final Thread farewell;

    Leash(Process program) {
        this.program = program;
        this.farewell = new Thread(this::end, "pando-lab-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
    }

    /** Its children first: they would not be found any more once it is gone. */
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
            // Then the hook runs as well, and finds nothing.
        }
    }
}
