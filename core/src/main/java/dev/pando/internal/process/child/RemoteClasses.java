package dev.pando.internal.process.child;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes that are not on this worker's class path: for each class loader of the parent's that defines some, a loader
 * here which asks the parent. Any thread may ask, and waits; the inbox brings the answers. Class files are kept by what
 * is in them, so that none is sent twice.
 */
final class RemoteClasses implements LoaderNumbers {
    private final ReplyWriter replies;

    @GuardedBy("loaders")
    private final Map<Integer, RemoteClassLoader> loaders = new HashMap<>();

    @GuardedBy("files")
    private final Map<String, byte[]> files = new HashMap<>();

    @GuardedBy("open")
    private final Map<Integer, ClassQuestion> open = new HashMap<>();

    @GuardedBy("open")
    private int questions;

    /** The reader of the answers, if it has to be woken. Set before any question. */
    private @Nullable CommandInbox inbox;

    RemoteClasses(ReplyWriter replies) {
        this.replies = replies;
    }

    void askThrough(CommandInbox through) {
        inbox = through;
    }

    /** A thread waits for the answer, which is written once. */
    private static final class ClassQuestion {
        @GuardedBy("this")
        private Message.@Nullable Code answer;

        synchronized void answer(Message.Code code) {
            answer = code;
            notifyAll();
        }

        synchronized Message.Code await() {
            boolean interrupted = false;
            Message.Code code = answer;
            while (code == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true; // a class that is half loaded is of no use: the task sees the interrupt later
                }
                code = answer;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return code;
        }
    }

    @Override
    public int numberOf(Class<?> type) {
        return type.getClassLoader() instanceof RemoteClassLoader loader ? loader.number() : 0;
    }

    @Override
    public ClassLoader numbered(int number) {
        synchronized (loaders) {
            return loaders.computeIfAbsent(number, fresh -> new RemoteClassLoader(fresh, this));
        }
    }

    /**
     * Returns the loader that defines this class, as the parent's loader of this number sees it. Waits for the parent.
     */
    Message.Code ask(int loader, String type) {
        ClassQuestion question = new ClassQuestion();
        int number;
        synchronized (open) {
            awaitTurn();
            number = ++questions;
            open.put(number, question);
        }
        replies.send(new Message.Wanted(number, loader, type));
        CommandInbox reader = inbox;
        if (reader != null) {
            reader.hurry();
        }
        return question.await();
    }

    /** Returns whether a thread waits for a class. */
    boolean awaitsAnswer() {
        synchronized (open) {
            return !open.isEmpty();
        }
    }

    /** The parent answers no more questions than so many at once. */
    @GuardedBy("open")
    private void awaitTurn() {
        boolean interrupted = false;
        while (open.size() >= MessageLimits.OPEN_QUESTIONS) {
            try {
                open.wait();
            } catch (InterruptedException e) {
                interrupted = true; // the task sees it later, as in the wait for an answer
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The bytes that go with this answer. */
    byte[] file(Message.Code code) throws ClassNotFoundException {
        synchronized (files) {
            byte[] bytes = files.get(code.digest());
            if (bytes == null) {
                throw new ClassNotFoundException("its bytes did not arrive");
            }
            return bytes;
        }
    }

    /** The bytes are kept for any loader: another one than the asking may define the class, and they come only once. */
    void arrived(Message.Code code) {
        synchronized (files) {
            if (code.bytes().length > 0) {
                files.putIfAbsent(code.digest(), code.bytes());
            }
        }
        ClassQuestion question;
        synchronized (open) {
            question = open.remove(code.question());
            open.notify();
        }
        if (question != null) {
            question.answer(code);
        }
    }
}
