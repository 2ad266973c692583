package dev.pando.codec;

/** Where what was typed in jshell is put down, for the test to take. */
public final class ReplHolder {
    public static volatile Object held;

    private ReplHolder() {}
}
