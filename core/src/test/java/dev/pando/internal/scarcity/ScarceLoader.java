package dev.pando.internal.scarcity;

import dev.pando.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Loads the library anew, so that {@link ScarceMemory} is asked before each place of the chosen classes that may
 * allocate: a new object, a lambda, and a call of the JDK unless it is known to need no memory. It is asked as
 * well before what needs memory once: a class that is loaded or initialised, a text, a call through a
 * handle that is linked.
 */
final class ScarceLoader extends ClassLoader {
    private static final ClassDesc HOOK = ClassDesc.of(ScarceMemory.class.getName());
    private static final String LAUNCHER = "dev.pando.internal.process.launch.WorkerLauncher";
    private static final String WATCHDOG = "dev.pando.internal.process.launch.OrphanWatchdog";

    /** Calls that reach a process of the system in real life, by {@code owner.method}, and what is called instead. */
    private static final Map<String, MethodTypeDesc> TWIN_CALLS = Map.of(
            "java/lang/ProcessBuilder.start",
            MethodTypeDesc.ofDescriptor("(Ljava/lang/ProcessBuilder;)Ljava/lang/Process;"),
            "dev/pando/internal/process/os/OperatingSystem.family",
            MethodTypeDesc.ofDescriptor("(Ldev/pando/internal/process/os/OperatingSystem;JLjava/lang/String;)"
                    + "Ldev/pando/internal/process/os/ProcessTree;"));

    private static final ClassDesc TWIN = ClassDesc.of(TwinProcess.class.getName());

    private static final MethodTypeDesc TAKES_INT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

    /** Calls of the JDK that allocate nothing, or only in user code: {@code owner.method}. */
    private static final Pattern FRUGAL = Pattern.compile(String.join(
            "|",
            "java/lang/Object\\..*",
            "java/lang/Math\\..*",
            "java/lang/System\\.(nanoTime|arraycopy|identityHashCode)",
            "java/lang/Thread\\.(currentThread|onSpinWait|yield|isVirtual|threadId|interrupted|isInterrupted|interrupt"
                    + "|getName)",
            "java/lang/ThreadLocal\\.(set|remove)", // a thread of ours has its entry
            "java/lang/invoke/VarHandle\\..*",
            "java/lang/(Enum|Boolean|Number|Integer|Long)\\.(ordinal|compareTo|hashCode|\\w+Value)",
            "java/lang/ref/WeakReference\\.get",
            ".*\\.ordinal",
            "java/util/Objects\\.requireNonNull",
            "java/util/(\\w+)\\.(size|isEmpty|get|peek\\w*|poll\\w*|getFirst|remove\\w*|contains\\w*|clear)",
            "java/util/(\\w+)\\.(hasNext|next)",
            "java/util/Random\\.nextInt",
            "java/util/concurrent/ConcurrentLinked\\w+\\.(poll\\w*|peek\\w*|isEmpty|remove\\w*)",
            "java/util/concurrent/PriorityBlockingQueue\\.(poll|peek|isEmpty|remove)",
            "java/util/concurrent/ConcurrentHashMap\\.get",
            "java/util/concurrent/atomic/Atomic\\w+\\..*",
            "java/util/concurrent/atomic/LongAdder\\.sum",
            "java/util/concurrent/locks/LockSupport\\..*",
            "java/util/concurrent/locks/ReentrantLock\\.(tryLock|unlock)",
            "java/util/concurrent/\\w+\\.(call|shutdown\\w*|cancel|isDone|countDown)",
            "java/util/function/.*",
            "java/lang/Runnable\\.run"));

    private final Predicate<String> isScarce;

    /** The classes as they are loaded, by name. Shared by loaders of the same kind, which are many. */
    private final Map<String, byte[]> made;

    /** Classes that are loaded by this loader although they are tests. */
    private final Set<String> scenarios;

    /**
     * @param isScarce which classes are instrumented
     * @param scenarios classes of the test that use the library, loaded anew with it
     */
    ScarceLoader(Predicate<String> isScarce, Set<String> scenarios) {
        super("scarce", ScarceLoader.class.getClassLoader());
        this.isScarce = isScarce;
        this.scenarios = scenarios;
        this.made = new ConcurrentHashMap<>();
    }

    /** Loads pools and loops whose workers are threads of this JVM, and the two scenarios. */
    static ScarceLoader ofThisJvm() {
        String rooms = "(internal\\.(pool|task|wait|map|util|deadlock|loop)|local|loop)";
        return new ScarceLoader(
                name -> name.matches("dev\\.pando\\.(" + rooms + "\\..*|spi\\.Waiters.*)"),
                Set.of(LocalScenario.class.getName(), LoopScenario.class.getName()));
    }

    /** Loads pools whose workers are twins of processes, in this JVM, and their scenario. */
    static ScarceLoader ofProcesses() {
        String rooms = "(pool|task|util|process\\.(handle|schedule|output|wire|classes)|process)";
        return new ScarceLoader(
                name -> name.matches("dev\\.pando\\.internal\\." + rooms + "\\.[A-Z].*")
                        || name.startsWith("dev.pando.process.Processes")
                        || name.equals(LAUNCHER)
                        || name.equals(WATCHDOG),
                Set.of(
                        ProcessScenario.class.getName(),
                        TwinProcess.class.getName(),
                        TwinWorker.class.getName(),
                        BytePipe.class.getName(),
                        LocalScenario.class.getName()));
    }

    /** Loads the same once more, so that nothing has been used yet. */
    ScarceLoader(ScarceLoader like) {
        super("scarce", ScarceLoader.class.getClassLoader());
        this.isScarce = like.isScarce;
        this.scenarios = like.scenarios;
        this.made = like.made;
    }

    /** Returns a scenario that lives with classes of its own. */
    @SuppressWarnings("unchecked")
    BiFunction<String, Runnable, String> scenario(Class<?> type) throws ReflectiveOperationException {
        return (BiFunction<String, Runnable, String>)
                loadClass(type.getName()).getDeclaredConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean ours = name.startsWith("dev.pando.")
                && (!name.startsWith("dev.pando.internal.scarcity.")
                        || scenarios.contains(name.replaceFirst("\\$.*", "")));
        if (!ours) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> there = findLoadedClass(name);
            if (there != null) {
                return there;
            }
            ScarceMemory.load();
            byte[] bytes = made.get(name);
            if (bytes == null) {
                bytes = read(name);
                made.put(name, bytes);
            }
            // a pool of processes asks where its code is
            Class<?> like = name.startsWith("dev.pando.internal.scarcity.") ? ScarceLoader.class : Pool.class;
            return defineClass(name, bytes, 0, bytes.length, like.getProtectionDomain());
        }
    }

    private byte[] read(String name) throws ClassNotFoundException {
        byte[] bytes;
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        return isScarce.test(name) ? instrumented(bytes) : bytes;
    }

    private static byte[] instrumented(byte[] bytes) {
        ClassFile files = ClassFile.of();
        ClassModel model = files.parse(bytes);
        String type = model.thisClass().asInternalName().replaceFirst(".*/", "");
        boolean isWatchdog = model.thisClass().asInternalName().equals(WATCHDOG.replace('.', '/'));
        return files.transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method) {
                String name = type + "." + method.methodName().stringValue();
                builder.transformMethod(method, (methodBuilder, part) -> {
                    if (part instanceof CodeModel
                            && isWatchdog
                            && method.methodName().equalsString("start")) {
                        methodBuilder.withCode(start -> {
                            start.loadConstant(ScarceMemory.place(name + " a process"));
                            start.invokestatic(HOOK, "allocate", TAKES_INT);
                            start.aconst_null().areturn();
                        });
                    } else if (part instanceof CodeModel code) {
                        methodBuilder.transformCode(
                                code,
                                isInitializer(method)
                                        ? CodeTransform.ofStateful(() -> new Initializing(name))
                                        : CodeTransform.ofStateful(() -> new Asking(name)));
                    } else {
                        methodBuilder.with(part);
                    }
                });
            } else {
                builder.with(element);
            }
        });
    }

    private static boolean isInitializer(MethodModel method) {
        return method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
    }

    /**
     * Asks once, at the beginning: a class that failed to initialise stays so, which is not what tests with a common
     * loader are about.
     */
    private static final class Initializing implements CodeTransform {
        private final String method;

        Initializing(String method) {
            this.method = method;
        }

        @Override
        public void atStart(CodeBuilder builder) {
            use(builder, method);
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            builder.with(element);
        }
    }

    private static void use(CodeBuilder builder, String place) {
        builder.loadConstant(ScarceMemory.place(place));
        builder.invokestatic(HOOK, "use", TAKES_INT);
    }

    private static final class Asking implements CodeTransform {
        private final String method;
        private int line;

        Asking(String method) {
            this.method = method;
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().equals("java/lang/invoke/VarHandle")) {
                use(builder, method + ":" + line + " " + call.name().stringValue());
            }
            if (element instanceof ConstantInstruction.LoadConstantInstruction constant
                    && constant.constantValue() instanceof String text) {
                use(builder, method + ":" + line + " \"" + text + "\"");
            }
            String what = allocation(element);
            if (what != null) {
                builder.loadConstant(ScarceMemory.place(method + ":" + line + " " + what));
                builder.invokestatic(HOOK, "allocate", TAKES_INT);
            }
            MethodTypeDesc twin = element instanceof InvokeInstruction call
                    ? TWIN_CALLS.get(
                            call.owner().asInternalName() + "." + call.name().stringValue())
                    : null;
            if (twin == null) {
                builder.with(element);
            } else {
                builder.invokestatic(TWIN, ((InvokeInstruction) element).name().stringValue(), twin);
            }
        }

        private static @org.jspecify.annotations.Nullable String allocation(CodeElement element) {
            return switch (element) {
                case NewObjectInstruction made -> "new " + made.className().asInternalName();
                case NewPrimitiveArrayInstruction made -> "new array of " + made.typeKind();
                case NewReferenceArrayInstruction made ->
                    "new array of " + made.componentType().asInternalName();
                case NewMultiArrayInstruction made -> "new " + made.arrayType().asInternalName();
                case InvokeDynamicInstruction made -> "lambda " + made.name();
                case InvokeInstruction call -> {
                    String owner = call.owner().asInternalName();
                    String name = call.name().stringValue();
                    boolean foreign = owner.startsWith("java/") || owner.startsWith("jdk/");
                    boolean frugal = name.equals(ConstantDescs.INIT_NAME)
                            || FRUGAL.matcher(owner + "." + name).matches();
                    yield foreign && !frugal ? owner + "." + name : null;
                }
                default -> null;
            };
        }
    }
}
