package dev.pando.internal.process.child;

import dev.pando.internal.process.memory.Borrower;
import dev.pando.internal.process.wire.Message;

/** How the memory of this worker speaks to the parent. */
final class ParentLink implements Borrower.Parent {
    private final ReplyWriter replies;
    private final CommandInbox inbox;

    ParentLink(ReplyWriter replies, CommandInbox inbox) {
        this.replies = replies;
        this.inbox = inbox;
    }

    @Override
    public void say(Message.ToParent message) {
        replies.send(message);
    }

    @Override
    public void hurry() {
        inbox.hurry();
    }
}
