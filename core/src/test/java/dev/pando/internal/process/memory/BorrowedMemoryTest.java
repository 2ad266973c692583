package dev.pando.internal.process.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** How the tasks of a worker ask for memory. */
class BorrowedMemoryTest {
    private final LinkedBlockingQueue<Message.ToParent> said = new LinkedBlockingQueue<>();
    private final BorrowedMemory memory = new BorrowedMemory(new Borrower.Parent() {
        @Override
        public void say(Message.ToParent message) {
            said.add(message);
        }

        @Override
        public void hurry() {}
    });

    /** The parent ends a worker that asks more. */
    @Test
    void moreThanSoManyWaitForTheirTurnToAsk() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<String>> refusals = new ArrayList<>();
        for (int i = 0; i < MessageLimits.OPEN_QUESTIONS + 20; i++) {
            CompletableFuture<String> refusal = new CompletableFuture<>();
            refusals.add(refusal);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    var _ = memory.take(1, true);
                } catch (IOException refused) {
                    refusal.complete(refused.getMessage());
                }
            }));
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.yield();
            }
        }
        assertThat(said).hasSize(MessageLimits.OPEN_QUESTIONS);
        for (int i = 0; i < refusals.size(); i++) {
            Message.Ask ask = (Message.Ask) said.take();
            memory.receive(new Message.Grant(ask.question(), 0, 0, 0, 0, "no", ""));
        }
        assertThat(refusals).allSatisfy(refusal -> assertThat(refusal.join()).isEqualTo("no"));
    }
}
