package dev.pando.testkit;

/** A class whose static initializer is struck. {@link InitializerFuse} defines a copy for each strike. */
final class InitializerTrap {
    private InitializerTrap() {}

    static {
        InitializerFuse.burn();
    }
}
