package dev.pando.process.worker;

import dev.pando.process.memory.Borrower;
import dev.pando.process.wire.Message;

/** How the memory of this worker speaks to the parent. */
final class Asking implements Borrower.Parent {
    private final Answers answers;
    private final Inbox inbox;

    Asking(Answers answers, Inbox inbox) {
        this.answers = answers;
        this.inbox = inbox;
    }

    @Override
    public void say(Message.ToParent message) {
        answers.send(message);
    }

    @Override
    public void hurry() {
        inbox.hurry();
    }
}
