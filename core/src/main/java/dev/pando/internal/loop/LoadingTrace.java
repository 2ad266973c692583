package dev.pando.internal.loop;

/** Tells by its stack whether a thread loads, initializes or links classes. */
final class LoadingTrace {

    private LoadingTrace() {}

    static boolean isIn(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (isLoading(frame)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoading(StackTraceElement frame) {
        String method = frame.getMethodName();
        String type = frame.getClassName();
        return switch (method) {
            case "<clinit>" -> true;
            case "loadClass", "defineClass" ->
                type.startsWith("java.lang.ClassLoader") || type.startsWith("jdk.internal.loader.");
            default -> type.equals("java.lang.invoke.MethodHandleNatives"); // the first call of a lambda, say
        };
    }
}
