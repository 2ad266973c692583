package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.shared.SharedClosedException;

/** Ends a construct, which may have ended before. */
final class ConstructEnd {
    private ConstructEnd() {}

    static void end(long number, long tag, SharedOperation how) {
        try {
            SharedLinks.ask(number, tag, how, 0, 0);
        } catch (SharedClosedException before) {
            // harmless if done twice
        }
    }
}
