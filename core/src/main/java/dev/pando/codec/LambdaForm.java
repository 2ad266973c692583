package dev.pando.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A {@link LambdaTemplate} where it has arrived: makes lambdas of it, in the class in which they were written. */
final class LambdaForm {
    private static final String MAKER = "$deserializeLambda$";

    private final Class<?> capturing;
    private final String[] parts;
    private final Method maker;

    /** @param home where the class is looked for */
    LambdaForm(String text, @Nullable ClassLoader home) throws ReflectiveOperationException {
        parts = text.split("\n", -1);
        capturing = Class.forName(parts[0].replace('/', '.'), false, home);
        maker = capturing.getDeclaredMethod(MAKER, SerializedLambda.class);
        maker.setAccessible(true);
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
        try {
            return java.util.Objects.requireNonNull(maker.invoke(null, new SerializedLambda(
                    capturing, parts[1], parts[2], parts[3], Integer.parseInt(parts[4]),
                    parts[5], parts[6], parts[7], parts[8], captured)));
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
