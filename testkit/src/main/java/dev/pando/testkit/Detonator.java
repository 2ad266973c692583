package dev.pando.testkit;

/** A class whose static initializer is struck. {@link Fuse} defines a copy for each strike. */
final class Detonator {
    private Detonator() {}

    static {
        Fuse.burn();
    }
}
