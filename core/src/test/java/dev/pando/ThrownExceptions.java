package dev.pando;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Which exceptions a method throws, as far as its source tells: those of its {@code throws}, of its own {@code throw}s,
 * of {@code Checks}, and of methods of the same class that users cannot call. The code of an interface is that of the
 * class which it permits.
 */
final class ThrownExceptions {
    private static final Set<String> CHECKS = Set.of("positive", "notNegative", "notBlank");
    private static final Set<String> UNTOLD = Set.of("NullPointerException", "AssertionError");

    /** Interfaces that any class may implement, and the class that does. */
    private static final Map<String, String> KNOWN = Map.of("Submitter", "SubmitterImpl");

    /** What stands between angle brackets, one inside another included. */
    private static final Pattern ARGUMENTS = Pattern.compile("<[^<>;{}]*(?:<[^<>;{}]*>[^<>;{}]*)*>");

    private static final Pattern SUPERCLASS = Pattern.compile(" class (\\w+) extends (\\w+)");

    private final Map<String, ClassTree> types = new HashMap<>();

    void add(CompilationUnitTree unit) {
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                types.putIfAbsent(type.getSimpleName().toString(), type);
                return super.visitClass(type, null);
            }
        }.scan(unit, null);
    }

    /** Returns the sources of the classes that the interfaces here permit, and of the classes that they extend. */
    List<Path> implementations(Path main) throws IOException {
        Set<String> wanted = new HashSet<>(KNOWN.values());
        types.values().forEach(type -> type.getPermitsClause().forEach(name -> wanted.add(simple(name.toString()))));
        wanted.removeAll(types.keySet());
        Map<String, Path> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(main.resolve("dev/pando/internal"))) {
            files.forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), file));
        }
        List<Path> found = new ArrayList<>();
        for (String name : wanted) {
            for (String next = name; sources.containsKey(next); next = superclass(sources.get(next), next)) {
                found.add(sources.get(next));
            }
        }
        return found.stream().distinct().toList();
    }

    private static String superclass(Path source, String name) throws IOException {
        String text = Files.readString(source);
        Matcher head = SUPERCLASS.matcher(ARGUMENTS.matcher(text).replaceAll(""));
        return head.find() && head.group(1).equals(name) ? head.group(2) : "";
    }

    Set<String> by(String type, MethodTree method) {
        Set<String> thrown = new TreeSet<>();
        method.getThrows().forEach(declared -> thrown.add(simple(declared.toString())));
        collect(type, method, thrown, new HashSet<>());
        thrown.removeAll(UNTOLD);
        return thrown;
    }

    private void collect(String type, MethodTree method, Set<String> thrown, Set<MethodTree> seen) {
        if (!seen.add(method)) {
            return;
        }
        if (method.getBody() != null) {
            new Body(type, thrown, seen).scan(method.getBody(), null);
            return;
        }
        List<String> classes = new ArrayList<>();
        if (KNOWN.containsKey(type)) {
            classes.add(KNOWN.get(type));
        }
        types.get(type).getPermitsClause().forEach(name -> classes.add(simple(name.toString())));
        for (String name : classes) {
            for (ClassTree code = types.get(name); code != null; code = superclass(code)) {
                for (MethodTree candidate : methods(code)) {
                    if (isSame(candidate, method)) {
                        // a private method there serves many, and may throw what this one cannot provoke
                        new Body("", thrown, seen).scan(candidate.getBody(), null);
                    }
                }
            }
        }
    }

    private ClassTree superclass(ClassTree type) {
        Tree parent = type.getExtendsClause();
        return parent == null ? null : types.get(simple(parent.toString()));
    }

    private static List<MethodTree> methods(ClassTree type) {
        return type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .toList();
    }

    private static boolean isSame(MethodTree one, MethodTree other) {
        // each parse has names of its own, which are never equal to those of another
        return one.getName().contentEquals(other.getName()) && parameters(one).equals(parameters(other));
    }

    private static List<String> parameters(MethodTree method) {
        return method.getParameters().stream()
                .map(VariableTree::getType)
                .map(type -> simple(type.toString()))
                .toList();
    }

    /** Returns a type without its package and its arguments. */
    static String simple(String type) {
        String raw = type.replaceAll("<.*", "");
        return raw.substring(raw.lastIndexOf('.') + 1);
    }

    private final class Body extends TreeScanner<Void, Void> {
        private final String type;
        private final Set<String> thrown;
        private final Set<MethodTree> seen;

        Body(String type, Set<String> thrown, Set<MethodTree> seen) {
            this.type = type;
            this.thrown = thrown;
            this.seen = seen;
        }

        @Override
        public Void visitThrow(ThrowTree statement, Void unused) {
            ExpressionTree expression = statement.getExpression();
            if (expression instanceof NewClassTree made) {
                thrown.add(simple(made.getIdentifier().toString()));
            } else if (expression instanceof MethodInvocationTree call) {
                for (MethodTree maker : called(call)) {
                    thrown.add(simple(maker.getReturnType().toString()));
                }
            }
            return super.visitThrow(statement, null);
        }

        @Override
        public Void visitTry(TryTree attempt, Void unused) {
            Set<String> inside = new TreeSet<>();
            Body body = new Body(type, inside, seen);
            body.scan(attempt.getResources(), null);
            body.scan(attempt.getBlock(), null);
            attempt.getCatches()
                    .forEach(handler -> inside.remove(
                            simple(handler.getParameter().getType().toString())));
            thrown.addAll(inside);
            scan(attempt.getCatches(), null);
            return scan(attempt.getFinallyBlock(), null);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            ExpressionTree what = call.getMethodSelect();
            List<MethodTree> own = called(call);
            boolean checks = what instanceof MemberSelectTree select
                    ? select.getExpression().toString().equals("Checks")
                    : own.isEmpty();
            if (checks && CHECKS.contains(simple(what.toString()))) {
                thrown.add("IllegalArgumentException");
            }
            for (MethodTree method : own) {
                if (!method.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                    collect(type, method, thrown, seen);
                }
            }
            return super.visitMethodInvocation(call, null);
        }

        private List<MethodTree> called(MethodInvocationTree call) {
            if (!(call.getMethodSelect() instanceof IdentifierTree name) || !types.containsKey(type)) {
                return List.of();
            }
            return methods(types.get(type)).stream()
                    .filter(method -> method.getName().equals(name.getName()))
                    .filter(method ->
                            method.getParameters().size() == call.getArguments().size())
                    .toList();
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree later, Void unused) {
            return null; // runs when it is called, perhaps by others
        }

        @Override
        public Void visitClass(ClassTree later, Void unused) {
            return null;
        }
    }
}
