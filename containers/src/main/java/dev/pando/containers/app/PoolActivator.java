package dev.pando.containers.app;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Runs the program when its bundle starts. */
public final class PoolActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        PoolProgram.main(new String[0]);
    }

    @Override
    public void stop(BundleContext context) {
        // the program has ended
    }
}
