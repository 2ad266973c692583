package dev.pando.internal.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.PoolView;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * A bean in a server of Java management, until it is closed. The server is called under no lock, because it tells
 * listeners of the program's. Any thread may use it.
 */
final class BeanRegistration implements PoolView.Watch {
    private final MBeanServer server;

    /** The name, once the bean is there. */
    @GuardedBy("this")
    private @Nullable ObjectName name;

    @GuardedBy("this")
    private boolean closed;

    BeanRegistration(MBeanServer server) {
        this.server = server;
    }

    /**
     * Registers the bean, with a number if there is one of this name; not if this was closed meanwhile.
     *
     * @throws IllegalStateException the server refused it
     */
    void register(PoolBean bean, String pool) {
        String plain = "dev.pando:type=Pool,name=" + ObjectName.quote(pool);
        try {
            ObjectName free = new ObjectName(plain);
            for (int number = 2; !isRegistered(bean, free); number++) {
                free = new ObjectName(plain + ",number=" + number);
            }
            if (isClosedAs(free)) {
                unregister(free);
            }
        } catch (JMException e) {
            throw new IllegalStateException("the bean of a pool could not be registered", e);
        }
    }

    private boolean isRegistered(PoolBean bean, ObjectName free) throws JMException {
        try {
            server.registerMBean(bean, free);
            return true;
        } catch (InstanceAlreadyExistsException taken) {
            return false;
        }
    }

    /** Notes the name. Returns whether this was closed before there was one. */
    private synchronized boolean isClosedAs(ObjectName registered) {
        name = registered;
        return closed;
    }

    @Override
    public void close() {
        ObjectName registered;
        synchronized (this) {
            closed = true;
            registered = name;
        }
        if (registered != null) {
            unregister(registered);
        }
    }

    private void unregister(ObjectName registered) {
        try {
            server.unregisterMBean(registered);
        } catch (InstanceNotFoundException closedBefore) {
            // there is nothing left to do
        } catch (JMException e) {
            throw new IllegalStateException("the bean of a pool could not be taken away", e);
        }
    }
}
