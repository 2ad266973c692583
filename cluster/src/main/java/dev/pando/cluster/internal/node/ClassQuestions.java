package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ShippedClass;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one program, which this node asks for and keeps as long as the program is there: each file once, by
 * its digest. Threads that load a class wait here; the thread that receives letters brings the answers.
 */
final class ClassQuestions {
    private final Consumer<NodeMessage> toProgram;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<Integer, ProgramLoader> loaders = new ConcurrentHashMap<>();

    @GuardedBy("this")
    private final Map<Integer, CompletableFuture<ShippedClass>> open = new HashMap<>();

    @GuardedBy("this")
    private int questions;

    @GuardedBy("this")
    private boolean closed;

    ClassQuestions(Consumer<NodeMessage> toProgram) {
        this.toProgram = toProgram;
    }

    /** Returns what stands here for the program's loader of this number; 0: its class path. */
    ProgramLoader loader(int number) {
        return loaders.computeIfAbsent(number, fresh -> new ProgramLoader(fresh, this));
    }

    /** Returns the class as the program's loader of this number sees it. Waits for the program. */
    ShippedClass find(int loader, String type) throws ClassNotFoundException {
        CompletableFuture<ShippedClass> answer = new CompletableFuture<>();
        int question;
        synchronized (this) {
            if (closed) {
                throw gone(type);
            }
            question = ++questions;
            open.put(question, answer);
        }
        toProgram.accept(new NodeMessage.Wanted(question, loader, type));
        ShippedClass found = answer.join(); // not interruptible: a class that is half loaded is of no use
        if (found == GONE) {
            throw gone(type);
        }
        return found;
    }

    private static final ShippedClass GONE = new ShippedClass(ShippedClass.NOWHERE, "", new byte[0]);

    private static ClassNotFoundException gone(String type) {
        return new ClassNotFoundException(type + ": the program that has it is gone");
    }

    /** The program has answered. */
    void answered(NodeMessage.Code code) {
        if (code.file().length > 0) {
            files.putIfAbsent(code.digest(), code.file());
        }
        CompletableFuture<ShippedClass> waiting;
        synchronized (this) {
            waiting = open.remove(code.question());
        }
        if (waiting != null) {
            waiting.complete(new ShippedClass(code.definer(), code.digest(), code.file()));
        }
    }

    /** Returns the class file of this digest; null if the program never sent it. */
    byte @Nullable [] file(String digest) {
        return files.get(digest);
    }

    /** The program is gone: lets go of its classes, and of threads that wait for one. */
    void close() {
        Map<Integer, CompletableFuture<ShippedClass>> waiting;
        synchronized (this) {
            closed = true;
            waiting = Map.copyOf(open);
            open.clear();
        }
        waiting.values().forEach(each -> each.complete(GONE));
        files.clear();
        loaders.clear();
    }
}
