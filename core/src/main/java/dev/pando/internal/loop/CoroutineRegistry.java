package dev.pando.internal.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coroutines of a loop that have not ended, a linked list in the order of their start. Changed with the turn; read
 * by any thread without a lock, so that a loop that hangs can still be dumped. Such a reader may see some links a
 * moment late.
 */
final class CoroutineRegistry {
    /**
     * A dump races with coroutines that end; the last try is shown as it is, since a busy loop may defeat any number of
     * tries.
     */
    private static final int MAX_TRIES = 5;

    private final LoopRuntime loop;
    private volatile @Nullable Coroutine oldest;
    private @Nullable Coroutine youngest;

    CoroutineRegistry(LoopRuntime loop) {
        this.loop = loop;
    }

    void add(Coroutine coroutine) {
        Coroutine before = youngest;
        coroutine.older = before;
        youngest = coroutine;
        if (before == null) {
            oldest = coroutine;
        } else {
            before.younger = coroutine;
        }
    }

    void remove(Coroutine coroutine) {
        Coroutine older = coroutine.older;
        Coroutine younger = coroutine.younger;
        if (older == null) {
            oldest = younger;
        } else {
            older.younger = younger;
        }
        if (younger == null) {
            youngest = older;
        } else {
            younger.older = older;
        }
        coroutine.older = null;
        coroutine.younger = null; // or one that is remembered would keep all that came after it
    }

    /** Returns the first that has not ended. The others follow it by their links. */
    @Nullable
    Coroutine oldest() {
        return oldest;
    }

    /**
     * Returns the coroutines alive. A walk that meets one that has just ended may miss those after it, and starts
     * again.
     */
    List<Coroutine> all() {
        List<Coroutine> all = new ArrayList<>();
        for (int i = 0; i < MAX_TRIES; i++) {
            all.clear();
            boolean lost = false;
            for (Coroutine at = oldest; at != null; at = at.younger) {
                if (!at.ended) {
                    all.add(at);
                } else {
                    lost = true;
                }
            }
            if (!lost) {
                break;
            }
        }
        return all;
    }

    String dump() {
        List<Coroutine> all = all();
        long now = loop.turn.clock.now();
        Coroutine running = loop.turn.isLying() ? null : loop.turn.current;
        StringBuilder text = new StringBuilder(loop.name + ": " + all.size() + " coroutines");
        for (Coroutine coroutine : all) {
            text.append("\n  ").append(coroutine.name()).append(' ').append(doing(coroutine, running, now));
        }
        return text.toString();
    }

    private static String doing(Coroutine coroutine, @Nullable Coroutine running, long now) {
        Object on = coroutine.waitsFor;
        if (coroutine.thread == null) {
            return coroutine.isSet() ? "begins in " + millis(coroutine.due - now) : "has not begun";
        }
        if (coroutine == running && on == null) {
            return "runs";
        }
        if (on == null) {
            return "is ready";
        }
        String since = millis(now - coroutine.since);
        String place = coroutine.trip != null ? "is in " : "waits for ";
        return place + on + ", since " + since;
    }

    private static String millis(long nanos) {
        return Math.max(0, nanos) / 1_000_000 + " ms";
    }
}
