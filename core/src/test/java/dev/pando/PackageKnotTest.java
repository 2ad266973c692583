package dev.pando;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * How much must be read at once. A knot is a strongly connected component: files of one package that all refer to each
 * other, by whatever way, so that none of them can be understood, or tested, without the rest. Nested classes count as
 * their file.
 */
class PackageKnotTest {
    /** About what fits on one drawing. */
    private static final int MAX_FILES_IN_A_KNOT = 12;

    /** Knots above this size need a reason in {@link #REASONS}. */
    private static final int MAX_FILES_WITHOUT_A_REASON = 4;

    private static final Map<String, String> REASONS = Map.of(
            "dev.pando.internal.task",
            "one object is future, job and entry (decision 0008): its layers, its observers and its worker's"
                    + " seat refer to it",
            "dev.pando.internal.deadlock",
            "nodes and edges of one graph refer to each other, and the detector to both",
            "dev.pando.internal.loop",
            "a coroutine hands the turn to the next one, so Turn, Coroutine and what holds coroutines (ready"
                    + " queue, registry, scope, watchdog, runtime) are one state with one owner, the holder of the"
                    + " turn",
            "dev.pando.internal.map",
            "a map under way, its chunks and the two lists that link them without an allocation that could fail",
            "dev.pando.internal.pool",
            "a pool and its way in, its shutdown, its statistics and what it has for its tasks, which are parts of the"
                    + " pool that have files of their own",
            "dev.pando.internal.process.handle",
            "the parent's side of one worker: the handle, its reader and its reaper end each other",
            "dev.pando.internal.process.memory",
            "lender, account and loan count the same uses from both ends",
            "dev.pando.internal.shared",
            "table, construct, call and owner: a call waits in a construct, is ended by the table, and is found again"
                    + " by what its owner has",
            "dev.pando.internal.process.wire",
            "a message writes and reads itself, and the reader knows each by its tag",
            "dev.pando.internal.process.child",
            "the worker's program: its reader stops the runner, and the runner answers through the reader's" + " link");

    /** Whose factories make what is inside: the price of public types with static factories (docs/decisions). */
    private static final Set<String> MAY_IMPORT_THE_INSIDE = Set.of(
            "dev.pando.Pool",
            "dev.pando.PoolBuilder",
            "dev.pando.TaskFuture",
            "dev.pando.Promise",
            "dev.pando.Progress",
            "dev.pando.PoolBeans",
            "dev.pando.Recordings",
            "dev.pando.Futures",
            "dev.pando.TaskGroup",
            "dev.pando.Mapping",
            "dev.pando.ContextCarrier",
            "dev.pando.Joiners",
            "dev.pando.Outcome",
            "dev.pando.Worker");

    /** The share of top-level classes whose name is one word, which a stranger can seldom guess the job from. */
    private static final double MAX_ONE_WORD_NAMES = 0.25;

    /** Which file refers to which other files. */
    private static final Map<String, Set<String>> FILES = files();

    @Test
    void noPackageHasAKnotThatMustBeReadAtOnce() {
        assertThat(FILES.keySet().stream()
                        .collect(groupingBy(PackageKnotTest::packageOf))
                        .keySet())
                .allSatisfy(name -> assertThat(largest(knotsIn(name)))
                        .as("files in the largest knot of %s: %s%nall packages: %s", name, knotsIn(name), sizes())
                        .isLessThanOrEqualTo(MAX_FILES_IN_A_KNOT));
    }

    @Test
    void everyKnotThatIsLeftHasAReason() {
        Set<String> knotted = new TreeSet<>();
        for (String file : FILES.keySet()) {
            String name = packageOf(file);
            if (largest(knotsIn(name)) > MAX_FILES_WITHOUT_A_REASON) {
                knotted.add(name);
            }
        }
        assertThat(REASONS.keySet())
                .as(
                        "packages with a knot of more than %s files, and a reason for each: %s",
                        MAX_FILES_WITHOUT_A_REASON, sizes())
                .containsExactlyInAnyOrderElementsOf(knotted);
    }

    @Test
    void noPackagesOfTheInsideReferToEachOther() {
        Predicate<String> inside = file -> packageOf(file).startsWith("dev.pando.internal");
        assertThat(knots(packages(inside, file -> true)))
                .as("circles among the packages of the inside")
                .isEmpty();
    }

    @Test
    void noPackagesReferToEachOtherButWhereAFactoryMakesWhatIsInside() {
        Predicate<String> isNoFactory = file -> !MAY_IMPORT_THE_INSIDE.contains(file);
        assertThat(knots(packages(file -> true, isNoFactory)))
                .as("circles among packages, not counting what %s import of dev.pando.internal", MAY_IMPORT_THE_INSIDE)
                .isEmpty();
    }

    @Test
    void mostNamesAreOfTwoWords() {
        Set<String> oneWord = new TreeSet<>();
        for (String file : FILES.keySet()) {
            String name = file.substring(file.lastIndexOf('.') + 1);
            if (name.chars().filter(Character::isUpperCase).count() == 1) {
                oneWord.add(name);
            }
        }
        assertThat((double) oneWord.size() / FILES.size())
                .as("share of one-word names: %s of %s, %s", oneWord.size(), FILES.size(), oneWord)
                .isLessThanOrEqualTo(MAX_ONE_WORD_NAMES);
    }

    private static String sizes() {
        Map<String, List<Integer>> sizes = new TreeMap<>();
        for (String file : FILES.keySet()) {
            String name = packageOf(file);
            sizes.computeIfAbsent(
                    name,
                    any -> knotsIn(name).stream()
                            .map(Set::size)
                            .sorted()
                            .toList()
                            .reversed());
        }
        return sizes.toString();
    }

    private static int largest(Collection<Set<String>> knots) {
        return knots.stream().mapToInt(Set::size).max().orElse(1);
    }

    private static List<Set<String>> knotsIn(String packageName) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        FILES.forEach((from, to) -> {
            if (packageOf(from).equals(packageName)) {
                arrows.put(from, to);
            }
        });
        return knots(arrows);
    }

    /**
     * Returns the packages of some files, and which of those refer to which.
     *
     * @param countsInside whether what this file refers to in {@code dev.pando.internal} counts
     */
    private static Map<String, Set<String>> packages(Predicate<String> files, Predicate<String> countsInside) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        FILES.forEach((from, all) -> {
            if (!files.test(from)) {
                return;
            }
            Set<String> to = arrows.computeIfAbsent(packageOf(from), any -> new TreeSet<>());
            for (String file : all) {
                boolean inside = packageOf(file).startsWith("dev.pando.internal");
                if (files.test(file) && (!inside || countsInside.test(from))) {
                    to.add(packageOf(file));
                }
            }
        });
        return arrows;
    }

    /** Returns the strongly connected components of more than one node. */
    private static List<Set<String>> knots(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> reachable = new TreeMap<>();
        for (String from : arrows.keySet()) {
            reachable.put(from, reachableFrom(from, arrows));
        }
        List<Set<String>> knots = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (String one : arrows.keySet()) {
            Set<String> knot = reachable.get(one).stream()
                    .filter(other -> reachable.get(other).contains(one))
                    .collect(toCollection(TreeSet::new));
            if (knot.size() > 1 && done.addAll(knot)) {
                knots.add(knot);
            }
        }
        return knots;
    }

    /** Returns the node itself as well. */
    private static Set<String> reachableFrom(String start, Map<String, Set<String>> arrows) {
        Set<String> reached = new TreeSet<>(Set.of(start));
        ArrayDeque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (String next : arrows.get(open.remove())) {
                if (arrows.containsKey(next) && reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    private static Map<String, Set<String>> files() {
        Map<String, Set<String>> files = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().importPath(CoreClasses.MAIN)) {
            if (type.getSimpleName().endsWith("-info")) {
                continue;
            }
            Set<String> to = files.computeIfAbsent(fileOf(type), any -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("dev.pando")
                        && !fileOf(target).equals(fileOf(type))) {
                    to.add(fileOf(target));
                }
            }
        }
        return files;
    }

    private static String fileOf(JavaClass type) {
        int nested = type.getName().indexOf('$');
        return nested < 0 ? type.getName() : type.getName().substring(0, nested);
    }

    private static String packageOf(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }
}
