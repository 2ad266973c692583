package dev.pando.testkit;

import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Failure;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A single worker that may die with its task, as a process can: a task that throws {@link Death} takes the worker
 * along. The pool sees a worker that is no thread of this JVM. Each job runs on a thread of its own.
 */
record MortalBackend() implements Backend {

    /** Kills the worker. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Kills the worker before it has received its task. */
    static final class Deaf extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Failure.Lost lost() {
        return new Failure.Lost(
                Failure.Progress.MAY_HAVE_RUN,
                new Failure.Death(
                        "it was shot", 137, "KILL", List.of("last words"), null, List.of(), null, 1, 5_000_000_000L));
    }

    @Override
    public Engine start(Host host) {
        return new MortalEngine(host);
    }

    private static final class MortalEngine implements Engine {
        private final Host host;
        private final AtomicInteger busy = new AtomicInteger();
        private final AtomicInteger names = new AtomicInteger();

        MortalEngine(Host host) {
            this.host = host;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public boolean canWait() {
            return false;
        }

        @Override
        public void wake() {
            while (busy.compareAndSet(0, 1)) {
                Job job = host.next();
                if (job != null) {
                    Thread.ofPlatform().name("mortal").start(() -> live(job));
                    return;
                }
                busy.set(0);
                if (!host.anyInLine()) {
                    break;
                }
            }
            if (busy.get() == 0 && host.over()) {
                host.ended();
            }
        }

        private void live(Job job) {
            Seat seat = host.arrive(host.name() + "-" + names.incrementAndGet(), null);
            Object packed = job.packedWork();
            int attempt = job.begin(seat);
            boolean dead = false;
            if (attempt > 0) {
                try {
                    job.succeed(attempt, ((Callable<?>) packed).call());
                } catch (Death death) {
                    dead = true;
                    job.fail(attempt, lost());
                } catch (Deaf deaf) {
                    dead = true;
                    job.giveBack(attempt);
                } catch (Throwable thrown) {
                    job.fail(attempt, new Failure.Threw(thrown));
                }
            }
            if (dead) {
                seat.lost("it was shot");
            } else {
                seat.leave();
            }
            busy.set(0);
            wake();
        }

        @Override
        public void rescue(Job job) {
            throw new AssertionError("a worker that cannot wait needs no rescue");
        }
    }
}
