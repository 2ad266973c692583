package dev.pando.spi;

import java.util.List;

/**
 * What {@link PackingEngine#pack} may make of work that leaves this JVM: a package which remembers where the work was
 * handed in. On the other side that stack is unknown, and the reader of a failure needs it.
 */
public interface SubmissionSite {

    /** The frames of the submitting thread. */
    List<StackTraceElement> handedIn();
}
