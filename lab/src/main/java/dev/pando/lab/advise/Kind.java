package dev.pando.lab.advise;

/** The kinds of workers that are tried, the simplest first: between equals the earlier one wins. */
public enum Kind {
    CALLER("no pool"), VIRTUAL("virtual threads"), THREADS("threads"), PROCESSES("processes");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
