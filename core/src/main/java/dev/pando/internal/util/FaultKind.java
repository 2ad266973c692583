package dev.pando.internal.util;

import java.lang.System.Logger.Level;

/**
 * What a {@link FaultLog} can tell. Made beforehand, because a text in the code that tells it is made at its first
 * use: in a full heap that throws, past the guard of the log.
 */
public enum FaultKind {
    ALARM(Level.ERROR, "an alarm failed"),
    OBSERVER(Level.ERROR, "an observer was not told of an end"),
    CALLBACK(Level.ERROR, "exception calling callback for "),
    STOP(Level.ERROR, "could not stop the worker of "),
    CALL_OFF(Level.WARNING, "an alarm was not called off"),
    GIVE_BACK(Level.WARNING, "what a task shared was not given back"),
    LISTENER(Level.WARNING, "a listener threw; it is of pool "),
    WAKE(Level.ERROR, "no worker could be woken of "),
    REPORT(Level.WARNING, "a report failed about "),
    STEP(Level.ERROR, "a step of the loop failed at "),
    LOOP_END(Level.ERROR, "the end of a loop could not cancel "),
    EVENT_QUEUED(Level.WARNING, "the beginning of the wait of "),
    EVENT_STARTED(Level.WARNING, "the beginning of "),
    EVENT_PROGRESSED(Level.WARNING, "the progress of "),
    EVENT_FINISHED(Level.WARNING, "the end of "),
    EVENT_REJECTED(Level.WARNING, "a refusal of pool "),
    EVENT_WORKER_STARTED(Level.WARNING, "the start of worker "),
    EVENT_WORKER_LOST(Level.WARNING, "the loss of worker ");

    final Level level;

    /** Ends where the subject begins, if there is one. */
    final String text;

    FaultKind(Level level, String text) {
        this.level = level;
        this.text = text;
    }
}
