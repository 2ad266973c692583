package dev.pando.internal.codec.compact;

import dev.pando.internal.codec.message.HomeLoader;
import dev.pando.internal.codec.policy.ClassFacts;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.FactCache;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What all lambdas of one class have in common. Only those that were written in a class of the class path have a
 * template: both sides find that by its name.
 */
public final class LambdaTemplate {
    /** A place for each class of lambdas. */
    private static final FactCache<TemplatePlace> PLACES = new FactCache<>() {
        @Override
        protected TemplatePlace find(Class<?> type) {
            return new TemplatePlace();
        }
    };

    /**
     * The facts about a class of lambdas need an object of it, so that they are found out with the first that comes.
     */
    private static final class TemplatePlace {
        private @Nullable LambdaTemplate template;
        private boolean searched;

        synchronized @Nullable LambdaTemplate of(Object lambda) {
            if (!searched) {
                template = find(lambda);
            }
            searched = true;
            return template;
        }
    }

    /** The class that the lambda was written in. */
    final Class<?> capturing;

    /** The text that {@link LambdaReader} makes lambdas from. */
    public final byte[] bytes;

    /** The places that the lambda and its result come from. */
    final CodeOrigin origin;

    /** Whether {@link #bytes} say all of it: they leave out further interfaces that the lambda was cast to. */
    final boolean whole;

    private final Method writeReplace;

    private LambdaTemplate(Class<?> type, Class<?> capturing, SerializedLambda lambda, Method writeReplace) {
        this.capturing = capturing;
        this.bytes = LambdaReader.text(lambda).getBytes(StandardCharsets.UTF_8);
        this.origin =
                ClassFacts.of(capturing).sentOrigin.and(ClassFacts.of(capturing).lambda(lambda));
        this.whole = isWhole(type, lambda.getFunctionalInterfaceClass().replace('/', '.'));
        this.writeReplace = writeReplace;
    }

    private static boolean isWhole(Class<?> type, String declared) {
        for (Class<?> each : type.getInterfaces()) {
            if (each != Serializable.class && !each.getName().equals(declared)) {
                return false;
            }
        }
        return true;
    }

    /** Returns null if the object is no lambda, or one that goes the long way. */
    public static @Nullable LambdaTemplate of(Object lambda) {
        Class<?> type = lambda.getClass();
        return type.isHidden() && type.isSynthetic() ? PLACES.of(type).of(lambda) : null;
    }

    private static @Nullable LambdaTemplate find(Object lambda) {
        try {
            Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
            if (!writeReplace.trySetAccessible()) {
                return null;
            }
            if (!(writeReplace.invoke(lambda) instanceof SerializedLambda serialized)) {
                return null;
            }
            ClassLoader loader = lambda.getClass().getClassLoader();
            if (loader != HomeLoader.loader() || LambdaReader.text(serialized).isEmpty()) {
                return null;
            }
            Class<?> capturing = Class.forName(serialized.getCapturingClass().replace('/', '.'), false, loader);
            if (capturing.getClassLoader() != loader || ClassFacts.of(capturing).fromJShell) {
                return null;
            }
            return new LambdaTemplate(lambda.getClass(), capturing, serialized, writeReplace);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // the long way tells what is wrong with it
        }
    }

    /** Returns what this lambda has captured. */
    Object[] captured(Object lambda) throws ReflectiveOperationException {
        SerializedLambda serialized = (SerializedLambda) writeReplace.invoke(lambda);
        Object[] captured = new Object[serialized.getCapturedArgCount()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = serialized.getCapturedArg(i);
        }
        return captured;
    }
}
