package dev.pando.internal.codec.compact;

import dev.pando.internal.codec.policy.StaticInitializers;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link LambdaTemplate} where it has arrived: makes lambdas of it, in the class in which they were written. */
public final class LambdaReader {
    private static final String MAKER = "$deserializeLambda$";

    private final Class<?> capturing;
    private final String[] parts;

    /** Not a {@link Method}: to invoke the first one takes a new JVM some milliseconds longer. */
    private final MethodHandle maker;

    /** @param home where the class is looked for */
    LambdaReader(String text, @Nullable ClassLoader home) throws ReflectiveOperationException {
        parts = text.split("\n", -1);
        capturing = Class.forName(parts[0].replace('/', '.'), false, home);
        Method method = capturing.getDeclaredMethod(MAKER, SerializedLambda.class);
        method.setAccessible(true);
        maker = MethodHandles.lookup().unreflect(method);
    }

    /**
     * Returns the text of a template. Returns an empty text if a name has a line end in it, which no compiler makes.
     */
    static String text(SerializedLambda lambda) {
        String[] parts = {
            lambda.getCapturingClass(),
            lambda.getFunctionalInterfaceClass(),
            lambda.getFunctionalInterfaceMethodName(),
            lambda.getFunctionalInterfaceMethodSignature(),
            String.valueOf(lambda.getImplMethodKind()),
            lambda.getImplClass(),
            lambda.getImplMethodName(),
            lambda.getImplMethodSignature(),
            lambda.getInstantiatedMethodType(),
            String.valueOf(lambda.getCapturedArgCount())
        };
        for (String part : parts) {
            if (part.indexOf('\n') >= 0) {
                return "";
            }
        }
        return String.join("\n", parts);
    }

    int width() {
        return Integer.parseInt(parts[9]);
    }

    Object lambda(@Nullable Object[] captured) throws Throwable {
        SerializedLambda lambda = new SerializedLambda(
                capturing,
                parts[1],
                parts[2],
                parts[3],
                Integer.parseInt(parts[4]),
                parts[5],
                parts[6],
                parts[7],
                parts[8],
                captured);
        return java.util.Objects.requireNonNull((Object) maker.invokeExact(lambda));
    }

    /**
     * Makes one, of blanks, and forgets it: the JVM then has at hand what the next is made with, which takes it
     * milliseconds. The maker is javac's, but it is in the class of the user's, and what it makes has an interface of
     * the user's, perhaps: nothing is done where one of them has something to initialize.
     */
    public void rehearse() throws Throwable {
        Class<?> made = Class.forName(parts[1].replace('/', '.'), false, capturing.getClassLoader());
        if (StaticInitializers.is(capturing) && StaticInitializers.is(made)) {
            lambda(blanks());
        }
    }

    /**
     * Returns zeros and nulls of the captured types: a receiver where there is one, and the first parameters of the
     * method.
     */
    private @Nullable Object[] blanks() {
        List<Class<?>> types = new ArrayList<>();
        int kind = Integer.parseInt(parts[4]);
        if (kind != MethodHandleInfo.REF_invokeStatic && kind != MethodHandleInfo.REF_newInvokeSpecial) {
            types.add(Object.class);
        }
        types.addAll(MethodType.fromMethodDescriptorString(parts[7], capturing.getClassLoader())
                .parameterList());
        @Nullable Object[] blanks = new Object[width()];
        for (int i = 0; i < blanks.length; i++) {
            if (types.get(i).isPrimitive()) {
                blanks[i] = Array.get(Array.newInstance(types.get(i), 1), 0);
            }
        }
        return blanks;
    }
}
