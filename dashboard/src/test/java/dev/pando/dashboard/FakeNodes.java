package dev.pando.dashboard;

import dev.pando.local.Threads;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.NodeEngine;
import dev.pando.spi.NodeFacts;
import java.util.List;

/** A thread that says that it stands on these nodes. */
record FakeNodes(List<NodeFacts> nodes) implements Backend {

    @Override
    public Engine start(Host host) {
        return new FakeEngine(Threads.of(1).start(host), nodes);
    }

    private record FakeEngine(Engine thread, List<NodeFacts> nodes) implements NodeEngine {
        @Override
        public int width() {
            return thread.width();
        }

        @Override
        public void wake() {
            thread.wake();
        }

        @Override
        public void rescue(Job job) {
            thread.rescue(job);
        }

        @Override
        public void kill() {
            thread.kill();
        }
    }
}
