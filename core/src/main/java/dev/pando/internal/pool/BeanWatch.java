package dev.pando.internal.pool;

import dev.pando.PoolView;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Registers the pools of a program by themselves, once it has a platform server of Java management. The JDK tells
 * nothing of that: a console that attaches runs no code of a library. So a thread looks now and then whether the server
 * is there, and makes none. Loaded a second after the first pool was opened.
 */
public final class BeanWatch {
    private static final String PROPERTY = "pando.beans";
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** The beans that are there by themselves, by the numbers of their pools. */
    private static final Map<Long, BeanRegistration> BEANS = new ConcurrentHashMap<>();

    private BeanWatch() {}

    /** Returns whether a server may come, and beans are wanted. */
    static boolean isWanted() {
        return isWanted(System.getProperty(PROPERTY));
    }

    static boolean isWanted(@Nullable String setting) {
        return !"off".equals(setting)
                && ModuleLayer.boot().findModule("java.management").isPresent();
    }

    /** Looks as long as a pool is open. */
    static void stay() {
        OpenPools.watchedBy(Thread.currentThread()); // before the look at what is open, so that the last close wakes it
        while (OpenPools.isAnyOpen()) {
            look();
            LockSupport.parkNanos(PERIOD_NANOS);
        }
        OpenPools.watchedBy(null);
        BEANS.keySet().forEach(BeanWatch::drop); // pools that were forgotten without a close
    }

    /** Registers the open pools that are not registered, if the server is there. */
    static void look() {
        MBeanServer server = platformServer();
        if (server == null) {
            return;
        }
        Map<Long, PoolCore> open = OpenPools.cores();
        BEANS.keySet().stream().filter(number -> !open.containsKey(number)).forEach(BeanWatch::drop);
        open.forEach((number, core) -> {
            if (!core.lifecycle.hasOwnBean) {
                register(server, number, core.name());
            }
        });
    }

    /** The bean knows the pool by its number, or else a pool that is forgotten without a close would stay. */
    private static void register(MBeanServer server, long number, String name) {
        BeanRegistration fresh = new BeanRegistration(server);
        if (BEANS.putIfAbsent(number, fresh) != null) {
            return;
        }
        OpenPools.haveBeans();
        try {
            fresh.register(new PoolBean(() -> open(number).stats().view()), name);
        } catch (RuntimeException refused) {
            warn(refused); // and not tried again
        }
        PoolCore core = OpenPools.cores().get(number);
        if (core == null || core.lifecycle.hasOwnBean) { // since a moment ago
            drop(number);
        }
    }

    private static PoolCore open(long number) {
        PoolCore core = OpenPools.cores().get(number);
        if (core == null) {
            throw new IllegalStateException("the pool is closed");
        }
        return core;
    }

    /** Takes away the bean that a pool has by itself, if it has one. */
    static void drop(long number) {
        BeanRegistration bean = BEANS.remove(number);
        if (bean != null) {
            try {
                bean.close();
            } catch (RuntimeException refused) {
                warn(refused); // the pool closes all the same
            }
        }
    }

    private static void warn(RuntimeException refused) {
        System.getLogger("dev.pando").log(System.Logger.Level.WARNING, "Java management refuses a pool", refused);
    }

    /**
     * Registers a bean that the program wants, in the place of the one that the pool may have by itself.
     *
     * @throws IllegalStateException the server refused it
     */
    public static PoolView.Watch register(PoolCore core) {
        core.lifecycle.hasOwnBean = true;
        OpenPools.cores().forEach((number, open) -> {
            if (open == core) {
                drop(number);
            }
        });
        BeanRegistration chosen = new BeanRegistration(ManagementFactory.getPlatformMBeanServer());
        PoolView view = core.stats().view();
        chosen.register(new PoolBean(() -> view), core.name());
        return chosen;
    }

    /** Returns the server of which consoles know. Makes none: that takes a tenth of a second. */
    private static @Nullable MBeanServer platformServer() {
        try {
            for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
                if (server.isRegistered(new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME))) {
                    return server;
                }
            }
            return null;
        } catch (JMException impossible) { // a constant
            throw new AssertionError(impossible);
        }
    }
}
