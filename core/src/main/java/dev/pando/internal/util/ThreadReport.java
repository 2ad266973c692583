package dev.pando.internal.util;

import dev.pando.spi.Host;
import java.util.function.Consumer;

/** Tells a pool of the threads that end with it. A class, not a lambda: each first result of a program uses it. */
public record ThreadReport(Host host) implements Consumer<Thread> {
    @Override
    public void accept(Thread thread) {
        host.leaving(thread);
    }
}
