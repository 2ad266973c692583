package dev.pando.junit.internal;

import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/** Forgets at each discovery what was taken in the one before, in which our engine may have taken part. */
public final class TakenReset implements LauncherDiscoveryListener {

    /** Made by JUnit. */
    public TakenReset() {}

    @Override
    public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        TakenTests.forget();
    }

    @Override
    public void launcherDiscoveryFinished(LauncherDiscoveryRequest request) {
        TakenTests.forget();
    }
}
