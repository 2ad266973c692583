package dev.pando.internal.process.classes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the lambdas are made of that a pool was given, for workers that have time to get to know them. Any thread. */
public final class SeenLambdas {
    /**
     * The most that are remembered: a spare meets all of them, some 0.1 ms each, and a pool that is given more repeats
     * none often.
     */
    private static final int REMEMBERED = 32;

    /** Replaced as a whole. */
    private volatile List<byte[]> templates = List.of();

    /**
     * Cheap where it was seen before, as nearly always. Beyond the first so many nothing is remembered: one is not like
     * the other then.
     */
    public void saw(byte @Nullable [] template) {
        if (template != null && !knows(template)) {
            remember(template);
        }
    }

    private boolean knows(byte[] template) {
        List<byte[]> known = templates;
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i) == template) {
                return true;
            }
        }
        return known.size() == REMEMBERED;
    }

    private synchronized void remember(byte[] template) {
        if (knows(template)) {
            return;
        }
        List<byte[]> more = new ArrayList<>(templates);
        more.add(template);
        templates = List.copyOf(more);
    }

    public List<byte[]> templates() {
        return templates;
    }
}
