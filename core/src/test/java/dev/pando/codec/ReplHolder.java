package dev.pando.codec;

/** Takes an object from jshell to the test. */
public final class ReplHolder {
    public static volatile Object held;

    private ReplHolder() {}
}
