package dev.pando;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * A type, method, constructor or field that users can name.
 *
 * @param isSilent whether it has no sentence, and inherits none
 * @param untoldComponents the components of a record without a {@code @param}
 * @param thrown the simple names of the exceptions that its code throws
 * @param told those that its comment names
 */
record PublicMember(String name, boolean isSilent, Set<String> untoldComponents, Set<String> thrown, Set<String> told) {

    static List<PublicMember> of(CompilationUnitTree unit, DocTrees comments, ThrownExceptions thrown) {
        Scanner scanner = new Scanner(comments, thrown);
        scanner.scan(unit, null);
        return scanner.members;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final List<PublicMember> members = new ArrayList<>();
        private final DocTrees comments;
        private final ThrownExceptions thrown;
        private ClassTree inside;

        Scanner(DocTrees comments, ThrownExceptions thrown) {
            this.comments = comments;
            this.thrown = thrown;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!isOpen(type.getModifiers())) {
                return null;
            }
            Set<String> components = new TreeSet<>();
            if (type.getKind() == Tree.Kind.RECORD) {
                for (Tree member : type.getMembers()) {
                    if (member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC)) {
                        components.add(field.getName().toString());
                    }
                }
            }
            add(type.getSimpleName().toString(), components, Set.of(), false);
            ClassTree around = inside;
            inside = type;
            super.visitClass(type, null);
            inside = around;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            List<String> annotations = method.getModifiers().getAnnotations().stream()
                    .map(annotation -> annotation.getAnnotationType().toString())
                    .toList();
            boolean test = annotations.stream().anyMatch(name -> name.endsWith("Test")); // its name is its sentence
            if (isOpen(method.getModifiers()) && !test) {
                boolean inherits = annotations.contains("Override");
                Set<String> all =
                        inherits ? Set.of() : thrown.by(inside.getSimpleName().toString(), method);
                add(
                        inside.getSimpleName() + "." + method.getName() + "(" + method.getParameters() + ")",
                        Set.of(),
                        all,
                        inherits);
            }
            return null; // what stands inside has no name for users
        }

        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            boolean component = inside.getKind() == Tree.Kind.RECORD
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
            if (isOpen(field.getModifiers()) && !component) {
                add(inside.getSimpleName() + "." + field.getName(), Set.of(), Set.of(), false);
            }
            return null;
        }

        private boolean isOpen(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            boolean open = flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
            boolean ofInterface = inside != null && inside.getKind() == Tree.Kind.INTERFACE;
            return open || (ofInterface && !flags.contains(Modifier.PRIVATE));
        }

        private void add(String name, Set<String> components, Set<String> exceptions, boolean inherits) {
            DocCommentTree comment = comments.getDocCommentTree(getCurrentPath());
            boolean silent =
                    comment == null ? !inherits : comment.getFirstSentence().isEmpty();
            Set<String> untold = new TreeSet<>(components);
            Set<String> told = new TreeSet<>();
            if (comment != null) {
                for (DocTree tag : comment.getBlockTags()) {
                    if (tag instanceof ThrowsTree refusal) {
                        told.add(ThrownExceptions.simple(
                                refusal.getExceptionName().toString()));
                    } else if (tag instanceof ParamTree parameter) {
                        untold.remove(parameter.getName().toString());
                    }
                }
            }
            members.add(new PublicMember(name, silent, untold, exceptions, told));
        }
    }
}
