package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;

/** A logging library of the parent. Called by the output threads of all workers at once. */
interface LogTarget {

    /** Logs the record, if its logger logs that level. */
    void log(LoggedRecord logged) throws ReflectiveOperationException;
}
