package dev.pando.internal.process.schedule;

/** What a worker does, as the {@link WorkerScheduler} knows it; its drawing shows the transitions. */
enum WorkerState {
    STARTING,
    LOOKING,
    IDLE,
    BUSY,
    LEAVING,
    DYING,
    DEAD
}
