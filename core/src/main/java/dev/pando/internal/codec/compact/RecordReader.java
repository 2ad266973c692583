package dev.pando.internal.codec.compact;

import dev.pando.internal.codec.policy.ClassLocation;
import dev.pando.internal.codec.policy.FactCache;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one of our own records is taken apart and put together: those that tasks and their results are wrapped in. */
final class RecordReader {
    /**
     * The packages of the records that tasks and results are wrapped in. Other serialisable records of ours go the long
     * way.
     */
    private static final Set<String> WRAPPINGS = Set.of(
            "dev.pando", "dev.pando.internal.map", "dev.pando.internal.shared.handle", "dev.pando.internal.task");

    private static final ClassValue<Boolean> COVERED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            boolean wrapping =
                    type.isRecord() && WRAPPINGS.contains(type.getPackageName()) && ClassLocation.isOurs(type);
            return wrapping && Serializable.class.isAssignableFrom(type);
        }
    };

    private static final FactCache<RecordReader> FORMS = new FactCache<>() {
        @Override
        protected RecordReader find(Class<?> type) {
            return new RecordReader(type);
        }
    };

    final Class<?> type;
    final byte[] name;
    private final MethodHandle[] components;
    private final MethodHandle constructor;

    private RecordReader(Class<?> type) {
        this.type = type;
        name = type.getName().getBytes(StandardCharsets.UTF_8);
        try {
            RecordComponent[] declared = type.getRecordComponents();
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            components = new MethodHandle[declared.length];
            for (int i = 0; i < declared.length; i++) {
                components[i] = lookup.unreflect(declared[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Record.class));
            }
            Class<?>[] types =
                    Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
            constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Record.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    static boolean covers(Class<?> type) {
        return COVERED.get(type);
    }

    static RecordReader of(Class<?> type) {
        return FORMS.of(type);
    }

    int width() {
        return components.length;
    }

    @Nullable
    Object component(Record record, int index) {
        try {
            return components[index].invokeExact(record);
        } catch (Throwable e) { // an accessor that was not written by hand throws nothing
            throw new AssertionError(e);
        }
    }

    /** @throws Throwable what its constructor throws, or that these are no values for it */
    Record record(@Nullable Object[] values) throws Throwable {
        return (Record) constructor.invokeExact(values);
    }
}
