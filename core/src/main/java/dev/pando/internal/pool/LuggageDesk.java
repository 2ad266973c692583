package dev.pando.internal.pool;

import dev.pando.ContextCarrier;
import dev.pando.ContextCarrier.Luggage;
import dev.pando.internal.task.CarriedContext;
import dev.pando.internal.task.SubmittedWork;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.UnsendableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the carriers of a pool take along from the submitting thread, and put around its work. Any thread. */
final class LuggageDesk {
    private final String pool;
    private final List<ContextCarrier> carriers;

    LuggageDesk(String pool, List<ContextCarrier> carriers) {
        this.pool = pool;
        this.carriers = carriers;
    }

    /** Returns what there is to carry from this thread, the outermost first. */
    List<Luggage> capture() {
        if (carriers.isEmpty()) {
            return List.of();
        }
        List<Luggage> luggage = new ArrayList<>(carriers.size());
        for (int i = carriers.size() - 1; i >= 0; i--) {
            Luggage captured = carriers.get(i).capture();
            if (captured != null) {
                luggage.addFirst(captured);
            }
        }
        return luggage;
    }

    static <T extends @Nullable Object> Callable<T> inside(List<Luggage> luggage, Callable<T> work) {
        Callable<T> inside = work;
        for (int i = luggage.size() - 1; i >= 0; i--) {
            inside = SubmittedWork.within(luggage.get(i), inside);
        }
        return inside;
    }

    /** Throws if the pool has a carrier whose luggage cannot travel to its workers. */
    void tryCarriers(PackingEngine packing) {
        for (ContextCarrier carrier : carriers) {
            try {
                Luggage sample = carrier.sample();
                if (sample != null) {
                    var _ = packing.pack(
                            SubmittedWork.<@Nullable Void>within(sample, new SubmittedWork.Perform(() -> {})));
                }
            } catch (UnsendableException e) {
                throw new IllegalArgumentException(
                        "pool " + pool + " cannot carry to its workers, which are other JVMs, what " + named(carrier)
                                + " captures. It " + e.getMessage(),
                        e);
            } catch (RuntimeException notNow) {
                // there is no context where the pool is opened, or the pool refuses all work: a submission will tell
            }
        }
    }

    private static String named(ContextCarrier carrier) {
        Class<?> type = carrier.getClass();
        if (type.getName().startsWith(CarriedContext.class.getName())) {
            return carrier.toString();
        }
        String typeName = type.getName();
        return type.isHidden()
                ? "the carrier in " + typeName.replaceFirst("\\$\\$Lambda.*", "")
                : "the carrier " + typeName;
    }
}
