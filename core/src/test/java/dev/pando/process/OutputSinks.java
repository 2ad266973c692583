package dev.pando.process;

import dev.pando.internal.process.output.LineSink;

/** Lets tests of the inside hand an {@link Output} to it, as {@link Processes} does. */
public final class OutputSinks {

    private OutputSinks() {}

    public static LineSink of(Output output) {
        return output.sink();
    }
}
