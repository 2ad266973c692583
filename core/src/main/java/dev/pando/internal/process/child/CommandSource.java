package dev.pando.internal.process.child;

import dev.pando.internal.process.memory.Borrower;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.process.wire.RecordMessage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The channel from the parent, and the three to which a message goes on that is no command: loaders that wait for a
 * class, threads that wait for memory, threads that wait for a reply. One thread at a time reads; {@link CommandInbox}
 * decides which.
 */
final class CommandSource {
    private final OperatingSystem os;
    private final FrameReader commands;
    private final RemoteClasses foreign;

    /** Set before anything is read. */
    @Nullable
    Borrower memory;

    /** Set before anything is read. */
    @Nullable
    ParentTalk parent;

    /** Set before anything is read. */
    @Nullable
    ReplyWriter replies;

    /** What records this worker; {@code null} until the parent asks for it. Written by the thread that reads. */
    volatile @Nullable WorkerRecorder recorder;

    CommandSource(OperatingSystem os, FrameReader commands, RemoteClasses foreign) {
        this.os = os;
        this.commands = commands;
        this.foreign = foreign;
    }

    /** Waits for the parent. Returns {@code null} if that is gone, after it has ended what this worker has started. */
    Message.@Nullable ToWorker read(CommandInbox inbox) {
        try {
            Message.ToWorker message = commands.toWorker();
            if (message == null && !inbox.isLeaving()) {
                os.endOwnFamily();
            }
            return message;
        } catch (IOException parentGone) {
            os.endOwnFamily();
            return null;
        }
    }

    /** Not a switch over types: making one takes a new JVM longer than all the rest of its start. */
    void handOn(Message.@Nullable ToWorker message) {
        if (message instanceof Message.Code code) {
            foreign.arrived(code);
        }
        if (message instanceof MemoryMessage.AboutMemory about && memory != null) {
            memory.receive(about);
        }
        if (message instanceof CallMessage.Reply reply && parent != null) {
            parent.received(reply);
        }
        if (message instanceof RecordMessage.AboutRecording about && replies != null) {
            recorder(replies).receive(about);
        }
    }

    private WorkerRecorder recorder(ReplyWriter answers) {
        WorkerRecorder there = recorder;
        if (there == null) {
            recorder = there = new WorkerRecorder(answers, parent == null ? "" : parent.worker());
        }
        return there;
    }

    /** Returns whether a thread waits for what the parent will say, so that it is read without a rest. */
    boolean isAwaited() {
        return (parent != null && parent.awaitsReply())
                || (memory != null && memory.awaitsAnswer())
                || foreign.awaitsAnswer();
    }
}
