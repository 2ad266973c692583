package dev.pando.micrometer;

import io.micrometer.context.ThreadLocalAccessor;

/** A value of a thread, which the program and its workers find as a service. */
public final class RequestAccessor implements ThreadLocalAccessor<String> {
    static final ThreadLocal<String> REQUEST = new ThreadLocal<>();

    @Override
    public Object key() {
        return "request";
    }

    @Override
    public String getValue() {
        return REQUEST.get();
    }

    @Override
    public void setValue(String value) {
        REQUEST.set(value);
    }

    @Override
    public void setValue() {
        REQUEST.remove();
    }
}
