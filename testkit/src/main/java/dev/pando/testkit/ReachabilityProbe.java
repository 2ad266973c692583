package dev.pando.testkit;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** Follows an object through a weak reference, to find out whether other code holds it. */
final class ReachabilityProbe {
    private static final int COLLECTIONS = 100;

    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final WeakReference<Object> object;

    ReachabilityProbe(Object object) {
        this.object = new WeakReference<>(object, gone);
    }

    /** Collects garbage until the object is gone. Returns {@code false} if many collections did not free it. */
    boolean isGone() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS && object.get() != null; i++) {
            System.gc();
            if (gone.remove(50) != null) {
                break; // enqueued a moment after the collection
            }
        }
        return object.get() == null;
    }
}
