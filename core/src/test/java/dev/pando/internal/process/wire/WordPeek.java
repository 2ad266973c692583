package dev.pando.internal.process.wire;

/** Writes, in a worker, what a hostile task can write. */
public final class WordPeek {
    /** The words of a ring. */
    public static final int[] RING = {RingPage.PUT, RingPage.TAKEN, RingPage.OLD_TAKEN, RingPage.OLD_PUT};

    private WordPeek() {}

    public static void write(WordPage page, int word, long nonsense) {
        WordPage.WORD.setVolatile(page.memory, word, nonsense);
    }
}
