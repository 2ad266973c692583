package dev.pando.junit.sample;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test the process in which the extension ran, and has state of its own from the beginning of the class. */
class PidResolver implements ParameterResolver, BeforeAllCallback {
    record Pid(long number) {}

    private long pid;

    @Override
    public void beforeAll(ExtensionContext context) {
        pid = ProcessHandle.current().pid();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Pid.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Pid(pid);
    }
}
