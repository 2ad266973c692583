package dev.pando.internal.loop;

import dev.pando.loop.Loop;
import java.util.stream.Stream;
import java.util.stream.Stream.Builder;

/** The loops on which a test must hold: the fair loop, and loops with a random order. */
final class LoopSchedules {

    private LoopSchedules() {}

    static Stream<Loop> all() {
        Builder<Loop> all = Stream.builder();
        all.add(Loop.create());
        for (long seed = 1; seed <= 5; seed++) {
            all.add(Loop.create().shuffled(seed));
        }
        return all.build();
    }

    /** Returns these loops, with virtual clocks. */
    static Stream<Loop> virtual() {
        return all().map(Loop::virtualTime);
    }
}
