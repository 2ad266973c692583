package dev.pando.process;

/** Lets tests of the inside hand an {@link Output} to it, as {@link Processes} does. */
public final class OutputSinks {

    private OutputSinks() {}

    public static LineSink of(Output output) {
        return output.sink();
    }
}
