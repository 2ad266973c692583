package dev.pando.shared;

import java.io.Serializable;

/**
 * Something that tasks of one pool share. The object is a handle: it may be captured, passed, put into a record, a
 * result or another construct, and is the same construct wherever it arrives. Any thread may use it.
 *
 * <p>The construct belongs to the pool that made it, and ends with that pool. A task can use what was handed to it, and
 * nothing else. While a worker process uses a construct, its program has it: a worker that dies takes nothing along but
 * what was its own.
 */
public interface SharedConstruct extends Serializable, AutoCloseable {

    /**
     * Ends the construct: threads that wait for it, and later uses, end with {@link SharedClosedException}. Harmless if
     * done twice.
     */
    @Override
    void close();
}
