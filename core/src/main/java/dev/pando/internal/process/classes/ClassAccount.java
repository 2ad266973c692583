package dev.pando.internal.process.classes;

import java.util.HashSet;
import java.util.Set;

/** What one worker was sent of class files, and how much it has asked for in vain. Used by the thread that reads. */
public final class ClassAccount {
    /**
     * How many letters of names may be asked for in vain. A loader keeps a lock for each name that it was asked for,
     * and never lets go of the lock.
     */
    private static final int MOST_IN_VAIN = 1 << 20;

    /** What such a lock takes beside its name, in letters. */
    private static final int LOCK = 100;

    private final Set<String> sent = new HashSet<>();
    private int inVain;

    /** Notes that the class file of this digest is sent. Returns whether it was not before. */
    boolean send(String digest) {
        return sent.add(digest);
    }

    void askedInVain(String name) {
        inVain = Math.min(MOST_IN_VAIN, inVain + LOCK + name.length());
    }

    /** Returns whether a loader is asked no more for a class unless it has the file. */
    boolean isSpent() {
        return inVain == MOST_IN_VAIN;
    }
}
