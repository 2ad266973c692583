package dev.pando.internal.codec;

/** Takes an object from jshell to the test. */
public final class JShellHolder {
    public static volatile Object held;

    private JShellHolder() {}
}
