package dev.pando.internal.codec.jshell;

import dev.pando.internal.codec.policy.ClassFacts;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jshell variables are used by code typed in jshell, found in its class files. What a snippet does when it is
 * typed, {@code pool.submit(() -> n)}, is not what its lambda does, so the method that holds it is left out.
 */
final class JShellVariables {
    private static final String TYPED_NOW = "do_it$";

    private final Set<Class<?>> walked = new HashSet<>();
    private final ArrayDeque<Class<?>> open = new ArrayDeque<>();
    private final Set<Field> fields = new LinkedHashSet<>();

    /** Takes in what these classes use, and says whether that is more than before. */
    boolean usedBy(Collection<Class<?>> types) {
        int before = fields.size();
        for (Class<?> type : types) {
            walkLater(type);
        }
        for (Class<?> type; (type = open.poll()) != null; ) {
            walk(type);
        }
        return fields.size() > before;
    }

    Set<Field> fields() {
        return fields;
    }

    /** Returns the values of the variables now. */
    Map<Class<?>, Map<String, @Nullable Object>> values() {
        Map<Class<?>, Map<String, @Nullable Object>> values = new LinkedHashMap<>();
        for (Field field : fields) {
            values.computeIfAbsent(field.getDeclaringClass(), type -> new LinkedHashMap<>())
                    .put(field.getName(), value(field));
        }
        return values;
    }

    static @Nullable Object value(Field variable) {
        try {
            variable.setAccessible(true);
            return variable.get(null);
        } catch (IllegalAccessException impossible) { // jshell's classes are in no module
            throw new AssertionError(impossible);
        }
    }

    private void walkLater(Class<?> type) {
        if (ClassFacts.of(type).fromJShell && walked.add(type)) {
            open.add(type);
        }
    }

    private void walk(Class<?> type) {
        ClassModel model = model(type);
        if (model == null) {
            return;
        }
        model.superclass().ifPresent(above -> mention(type, above));
        for (ClassEntry face : model.interfaces()) {
            mention(type, face);
        }
        for (MethodModel method : model.methods()) {
            if (method.methodName().equalsString(TYPED_NOW)) {
                continue;
            }
            method.code().ifPresent(code -> {
                for (CodeElement element : code) {
                    if (element instanceof Instruction instruction) {
                        walk(type, instruction);
                    }
                }
            });
        }
    }

    private void walk(Class<?> from, Instruction instruction) {
        switch (instruction) {
            case FieldInstruction access -> use(from, access.field());
            case InvokeInstruction call -> mention(from, call.owner());
            case NewObjectInstruction made -> mention(from, made.className());
            case InvokeDynamicInstruction lambda ->
                lambda.bootstrapArgs().forEach(argument -> {
                    if (argument instanceof DirectMethodHandleDesc handle) {
                        mention(from, handle.owner());
                    }
                });
            default -> {}
        }
    }

    private void use(Class<?> from, FieldRefEntry access) {
        Class<?> owner = named(from, access.owner().asInternalName());
        if (owner == null) {
            return;
        }
        for (Class<?> at = owner; at != null; at = at.getSuperclass()) {
            try {
                Field field = at.getDeclaredField(access.name().stringValue());
                boolean variable = Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers());
                if (variable && !field.isSynthetic() && ClassFacts.of(at).fromJShell) {
                    fields.add(field);
                }
                return;
            } catch (NoSuchFieldException e) {
                // then a superclass has it
            }
        }
    }

    private void mention(Class<?> from, ClassEntry entry) {
        mention(from, entry.asSymbol());
    }

    private void mention(Class<?> from, ClassDesc mentioned) {
        if (!mentioned.isClassOrInterface()) {
            return;
        }
        String descriptor = mentioned.descriptorString();
        Class<?> type = named(from, descriptor.substring(1, descriptor.length() - 1));
        if (type != null) {
            walkLater(type);
        }
    }

    private static @Nullable Class<?> named(Class<?> from, String internalName) {
        if (!internalName.startsWith("REPL/")) {
            return null;
        }
        try {
            return Class.forName(internalName.replace('/', '.'), false, from.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) { // then it cannot be used either
            return null;
        }
    }

    private static @Nullable ClassModel model(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            return null;
        }
        try (InputStream file = loader.getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            return file == null ? null : ClassFile.of().parse(file.readAllBytes());
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
