package dev.pando;

import java.io.Serializable;
import java.util.concurrent.Callable;

/** Work with a value. A lambda written at the call is serialisable by itself, so it runs on any kind of worker. */
@FunctionalInterface
public interface Task<T extends @org.jspecify.annotations.Nullable Object> extends Callable<T>, Serializable {}
