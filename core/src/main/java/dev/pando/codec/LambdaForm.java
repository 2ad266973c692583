package dev.pando.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A {@link LambdaTemplate} where it has arrived: makes lambdas of it, in the class in which they were written. */
final class LambdaForm {
    private static final String MAKER = "$deserializeLambda$";

    private final Class<?> capturing;
    private final String[] parts;

    /** Not a {@link Method}: to invoke the first one takes a new JVM some milliseconds longer. */
    private final MethodHandle maker;

    /** @param home where the class is looked for */
    LambdaForm(String text, @Nullable ClassLoader home) throws ReflectiveOperationException {
        parts = text.split("\n", -1);
        capturing = Class.forName(parts[0].replace('/', '.'), false, home);
        Method method = capturing.getDeclaredMethod(MAKER, SerializedLambda.class);
        method.setAccessible(true);
        maker = MethodHandles.lookup().unreflect(method);
    }

    /** Empty where a name has a line end in it, which a compiler never makes. */
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
        for (String part : parts) if (part.indexOf('\n') >= 0) return "";
        return String.join("\n", parts);
    }

    int width() {
        return Integer.parseInt(parts[9]);
    }

    Object lambda(@Nullable Object[] captured) throws Throwable {
        SerializedLambda lambda = new SerializedLambda(
                capturing, parts[1], parts[2], parts[3], Integer.parseInt(parts[4]),
                parts[5], parts[6], parts[7], parts[8], captured);
        return java.util.Objects.requireNonNull((Object) maker.invokeExact(lambda));
    }
}
