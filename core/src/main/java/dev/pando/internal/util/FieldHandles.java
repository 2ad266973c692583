package dev.pando.internal.util;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Looks up a {@link VarHandle} for a field of the class that asks, so that a typing error fails when that class is
 * loaded.
 */
public final class FieldHandles {

    private FieldHandles() {}

    /** Returns the handle of a field that the class of {@code lookup} declares itself. */
    public static VarHandle find(MethodHandles.Lookup lookup, String field, Class<?> type) {
        try {
            return lookup.findVarHandle(lookup.lookupClass(), field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
