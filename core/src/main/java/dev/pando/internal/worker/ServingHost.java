package dev.pando.internal.worker;

import dev.pando.spi.Host;

/** A pool that does something for the tasks that it runs. */
public interface ServingHost extends Host {

    TaskServices taskServices();
}
