package dev.pando.testkit;

/** A class whose static initializer is struck. {@link Fuse} makes as many of it as are needed. */
final class Detonator {
    private Detonator() {}

    static {
        Fuse.burn();
    }
}
