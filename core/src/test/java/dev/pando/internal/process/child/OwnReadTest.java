package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ParentTalk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A task that asks what is answered at once reads for itself, and does with what comes before the answer what the
 * watcher would do. Tasks find the questions in static fields, because the worker is in this JVM.
 */
class OwnReadTest {
    private static final int MANY = 200;

    @RegisterExtension
    final WorkerRig workerRig = new WorkerRig();

    private static volatile ParentTalk parent;
    private static volatile int asked;
    private static volatile int replied;
    private static List<Thread> readers;

    @BeforeEach
    void start() {
        asked = 0;
        replied = 0;
        readers = new CopyOnWriteArrayList<>();
        workerRig.handler = new ParentTalk.ReplyHandler() {
            @Override
            public void received(CallMessage.Reply reply) {
                readers.add(Thread.currentThread());
                replied = reply.question();
            }

            @Override
            public boolean awaitsReply() {
                return replied < asked;
            }
        };
        workerRig.startReady();
        parent = workerRig.parent;
    }

    /** Asks in the worker, and waits. The test hears the question as one that is withdrawn. */
    static void ask(int question) {
        asked = question;
        parent.say(new CallMessage.Withdraw(question));
        parent.awaitSoon(() -> replied >= question);
        while (replied < question) {
            Thread.onSpinWait(); // the watcher reads
        }
    }

    private void hearQuestion(int question) {
        Message.ToParent message = workerRig.hears(Message.ToParent.class);
        while (message instanceof Message.Began) { // the task takes its time
            message = workerRig.hears(Message.ToParent.class);
        }
        assertThat(message).isEqualTo(new CallMessage.Withdraw(question));
    }

    private void reply(int question) {
        workerRig.send(new CallMessage.Reply(question, 0, 0, 0, new byte[0]));
    }

    @Test
    void aTaskReadsTheAnswersToItsQuestions() throws Exception {
        workerRig.run(1, () -> {
            for (int question = 1; question <= MANY; question++) {
                ask(question);
            }
            return readers.stream().filter(Thread.currentThread()::equals).count();
        });
        for (int question = 1; question <= MANY; question++) {
            hearQuestion(question);
            reply(question);
        }
        assertThat((long) workerRig.value(1))
                .as("answers that the task has read, and not the watcher, which comes after a moment")
                .isPositive();
        assertThat(readers).hasSize(MANY);
    }

    /** Asks, and is held up after the first look for the answer, until the watcher has brought it. */
    private static void askLate(int question) {
        asked = question;
        parent.say(new CallMessage.Withdraw(question));
        boolean[] looked = new boolean[1];
        parent.awaitSoon(() -> {
            boolean there = replied >= question;
            if (!looked[0]) {
                looked[0] = true;
                while (replied < question) {
                    Thread.onSpinWait();
                }
                LockSupport.parkNanos(1);
            }
            return there;
        });
    }

    @Test
    void anAnswerThatTheWatcherHasJustBroughtIsNotReadForAgain() throws Exception {
        workerRig.run(1, () -> {
            for (int question = 1; question <= MANY; question++) {
                askLate(question);
            }
            return "all";
        });
        for (int question = 1; question <= MANY; question++) {
            hearQuestion(question);
            reply(question);
        }
        assertThat(workerRig.value(1)).isEqualTo("all");
    }

    @Test
    void aRunThatComesBeforeTheAnswerIsRunAfterwards() throws Exception {
        workerRig.run(1, () -> {
            ask(1);
            return "first";
        });
        hearQuestion(1);
        workerRig.run(2, () -> "second");
        reply(1);
        assertThat(workerRig.value(1)).isEqualTo("first");
        assertThat(workerRig.value(2)).isEqualTo("second");
    }

    @Test
    void aStopThatComesBeforeTheAnswerInterruptsTheTaskAndNoOther() throws Exception {
        workerRig.run(1, () -> {
            ask(1);
            return Thread.currentThread().isInterrupted();
        });
        hearQuestion(1);
        workerRig.send(new Message.Stop(1));
        reply(1);
        List<Message.ToParent> all = new ArrayList<>();
        assertThat(workerRig.answer(1, all)).contains("Seen");
        assertThat(all)
                .filteredOn(Message.Seen.class::isInstance)
                .allSatisfy(seen -> assertThat(((Message.Seen) seen).frames())
                        .anyMatch(frame -> frame.getMethodName().equals("ask")));
        assertThat(workerRig.decodedValue(all.getLast())).isEqualTo(true);
        workerRig.nextIsUndisturbed(2);
    }

    @Test
    void theAnswerOfAnotherThreadIsReadWhenTheTaskHasItsOwn() throws Exception {
        workerRig.run(1, () -> {
            ask(1);
            Thread other = Thread.ofPlatform().start(() -> ask(2));
            other.join();
            ask(3);
            return "all";
        });
        for (int question = 1; question <= 3; question++) {
            hearQuestion(question);
            reply(question);
        }
        assertThat(workerRig.value(1)).isEqualTo("all");
    }
}
