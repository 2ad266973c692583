package dev.pando.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A call of what the program offers, and its withdrawal, in each order. */
class OfferedRunTest {
    private final List<String> told = new ArrayList<>();

    private OfferedRun running(Runnable body) {
        return new OfferedRun(body, () -> told.add("withdrawn"));
    }

    @Test
    void aCallThatIsWithdrawnBeforeItsThreadCameIsNotMade() {
        OfferedRun run = running(() -> told.add("called"));
        run.withdraw();
        run.run();
        assertThat(told).containsExactly("withdrawn");
    }

    @Test
    void aCallThatIsWithdrawnWhileItRunsIsInterrupted() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        OfferedRun run = running(() -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        Thread thread = Thread.ofPlatform().start(run);
        inside.await();
        run.withdraw();
        interrupted.await();
        thread.join();
        assertThat(told).containsExactly("withdrawn");
    }

    /** Or else what the call makes of the interrupt could be its reply. */
    @Test
    void theCallerIsRepliedToBeforeTheCallIsInterrupted() {
        AtomicReference<OfferedRun> run = new AtomicReference<>();
        run.set(new OfferedRun(
                () -> {
                    run.get().withdraw();
                    tell("withdrawn");
                },
                () -> tell("replied")));
        run.get().run();
        assertThat(told).containsExactly("replied", "withdrawn, interrupted");
    }

    private void tell(String what) {
        told.add(what + (Thread.currentThread().isInterrupted() ? ", interrupted" : ""));
    }

    @Test
    void aWithdrawalThatComesLateInterruptsNothing() {
        OfferedRun run = running(() -> Thread.currentThread().interrupt());
        run.run();
        assertThat(Thread.currentThread().isInterrupted())
                .as("meant for the call")
                .isFalse();
        run.withdraw();
        assertThat(Thread.currentThread().isInterrupted())
                .as("meant for the next call")
                .isFalse();
    }
}
