package dev.pando.lab.advise;

/** The kinds of workers to try, the simplest first: between equal kinds the earlier wins. */
public enum WorkerKind {
    CALLER("no pool"),
    VIRTUAL("virtual threads"),
    THREADS("threads"),
    PROCESSES("processes");

    private final String title;

    WorkerKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
