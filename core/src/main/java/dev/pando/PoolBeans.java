package dev.pando;

import dev.pando.internal.PoolImpl;
import dev.pando.internal.util.Checks;

/**
 * Shows pools to consoles of Java management: JDK Mission Control, VisualVM, jconsole, Jolokia. A bean answers when it
 * is asked and costs nothing else.
 *
 * <p>Nothing needs to be called for that: once the program has its platform server of Java management, because a
 * console came or an agent or framework uses it, each open pool is registered in it by itself, within about two
 * seconds, until it is closed. {@code -Dpando.beans=off} turns that off.
 */
public final class PoolBeans {

    private PoolBeans() {}

    /**
     * Registers a bean {@code dev.pando:type=Pool,name="..."} at once, and until it is closed. Of two pools of one name
     * the second gets a number in addition. A pool that the program has registered is not registered by itself any
     * more. Makes the platform server if the program has none yet.
     *
     * @throws IllegalStateException this Java has no module {@code java.management}, or its server refused the bean
     */
    public static PoolView.Watch register(Pool pool) {
        Checks.present(pool, "pool");
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            throw new IllegalStateException("this runtime has no module java.management, which registers beans");
        }
        return ((PoolImpl) pool).registerBean();
    }
}
