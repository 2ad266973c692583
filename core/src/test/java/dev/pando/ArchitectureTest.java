package dev.pando;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.pando.CoreClasses.check;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture as rules: which package may import which, and why. {@link #rooms()} has a line for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    /** A package without its subpackages, which packages or classes of ours it may import, and why no others. */
    record Room(String name, Set<String> mayImport, String because) {}

    private static final String SPI = "dev.pando.spi";
    private static final String UTIL = "dev.pando.internal.util";
    private static final String DEADLOCK = "dev.pando.internal.deadlock";
    private static final String TASK = "dev.pando.internal.task";
    private static final String POOL = "dev.pando.internal.pool";
    private static final String WAIT = "dev.pando.internal.wait";
    private static final String MAP = "dev.pando.internal.map";
    private static final String LOOP = "dev.pando.internal.loop";
    private static final String CODEC = "dev.pando.internal.codec";
    private static final String MESSAGE = "dev.pando.internal.codec.message";
    private static final String POLICY = "dev.pando.internal.codec.policy";
    private static final String PROCESS = "dev.pando.internal.process";
    private static final String CLASSES = "dev.pando.internal.process.classes";
    private static final String HANDLE = "dev.pando.internal.process.handle";
    private static final String LAUNCH = "dev.pando.internal.process.launch";
    private static final String LOGGING = "dev.pando.internal.process.logging";
    private static final String MEMORY = "dev.pando.internal.process.memory";
    private static final String OS = "dev.pando.internal.process.os";
    private static final String OUTPUT = "dev.pando.internal.process.output";
    private static final String SCHEDULE = "dev.pando.internal.process.schedule";
    private static final String SHARED = "dev.pando.internal.shared";
    private static final String SHARED_API = "dev.pando.shared";
    private static final String SHARED_HANDLE = "dev.pando.internal.shared.handle";
    private static final String ACTOR = "dev.pando.internal.actor";
    private static final String STREAM = "dev.pando.internal.stream";
    private static final String WORKER = "dev.pando.internal.worker";
    private static final String TOOL = "dev.pando.internal.tool";
    private static final String WIRE = "dev.pando.internal.process.wire";

    /** The types of the API whose factories or rules are made of the inside. No other public type may name it. */
    private static final Set<String> MAY_IMPORT_THE_INSIDE = Set.of(
            "Pool",
            "PoolBuilder",
            "TaskFuture",
            "Promise",
            "Progress",
            "PoolBeans",
            "Recordings",
            "Futures",
            "TaskGroup",
            "Mapping",
            "ContextCarrier",
            "Joiners",
            "Outcome",
            "Worker");

    static List<Room> rooms() {
        return List.of(
                new Room(
                        SPI,
                        Set.of(),
                        "spi is the floor: a backend written against it needs to understand nothing else of ours"),
                new Room(
                        "dev.pando",
                        Set.of(SPI, "dev.pando.internal", DEADLOCK, MAP, POOL, SHARED_API, TASK, UTIL, WAIT, WORKER),
                        "every backend, threads included, comes through the same narrow door: the API that knew one"
                                + " of them by name would open a second door for it"),
                new Room(
                        "dev.pando.internal",
                        Set.of(
                                "dev.pando",
                                ACTOR,
                                SPI,
                                DEADLOCK,
                                MAP,
                                POOL,
                                SHARED_API,
                                SHARED_HANDLE,
                                STREAM,
                                TASK,
                                TOOL,
                                UTIL,
                                WAIT,
                                WIRE,
                                WORKER),
                        "what the API makes puts the rooms below together, and knows no backend"),
                new Room(
                        UTIL,
                        Set.of(SPI),
                        "tools that could stand in any library: one that knew a subject of ours would belong to that"
                                + " subject"),
                new Room(
                        DEADLOCK,
                        Set.of("dev.pando.DeadlockException", SPI),
                        "the detector knows the graph and not what a task or a pool is, so that it can be tested by"
                                + " drawing"),
                new Room(
                        TASK,
                        Set.of("dev.pando", DEADLOCK, UTIL, SPI),
                        "a task that knew the inside of its pool could not be understood, or tested, without it"),
                new Room(
                        POOL,
                        Set.of("dev.pando", SHARED, TASK, DEADLOCK, UTIL, SPI, WORKER),
                        "a pool that knew maps or waits for several futures would have to change with them"),
                new Room(
                        WAIT,
                        Set.of("dev.pando", TASK, DEADLOCK, UTIL, SPI),
                        "futures of different pools are waited for together, so this room knows tasks and no pool"),
                new Room(
                        MAP,
                        Set.of("dev.pando", POOL, WAIT, TASK, DEADLOCK, UTIL, SPI),
                        "a map is a user of the pool: it submits chunks as others submit tasks"),
                new Room(
                        CODEC,
                        Set.of(
                                "dev.pando.internal.codec.compact",
                                "dev.pando.internal.codec.jshell",
                                MESSAGE,
                                POLICY,
                                UTIL,
                                SPI),
                        "what travels is encoded the same way whichever backend ships it and whatever API asked for"
                                + " it"),
                new Room(
                        "dev.pando.internal.codec.compact",
                        Set.of(MESSAGE, POLICY),
                        "the compact format falls back to the codec by refusing, so it need not know it"),
                new Room(
                        "dev.pando.internal.codec.jshell",
                        Set.of(MESSAGE, POLICY, SPI),
                        "packing for jshell is a step before the codec, and nothing else needs it"),
                new Room(MESSAGE, Set.of(POLICY), "the parts of a message are data"),
                new Room(
                        POLICY,
                        Set.of(),
                        "what is let in is judged without what is being read, so that no format can go around it"),
                new Room(
                        "dev.pando.local",
                        Set.of(SPI, UTIL, CODEC, SHARED),
                        "a backend that imported the API could settle a future behind its owner's back, and one that"
                                + " imported another backend could not be understood, or left out, alone"),
                new Room(
                        "dev.pando.shipping",
                        Set.of(SPI, CODEC, MESSAGE, POLICY, CLASSES, WIRE, WORKER),
                        "what a backend on other machines needs of the codec, of the class files and of what tasks ask,"
                                + " and no pool"),
                new Room(
                        "dev.pando.loop",
                        Set.of(
                                SPI,
                                UTIL,
                                LOOP,
                                "dev.pando.Action",
                                "dev.pando.Joiner",
                                "dev.pando.Pool",
                                "dev.pando.Submitter",
                                "dev.pando.Task",
                                "dev.pando.TaskFuture",
                                "dev.pando.TaskGroup"),
                        "a loop is a backend like others, and its verbs are an API of its own: they speak of futures,"
                                + " so they know what users know"),
                new Room(
                        LOOP,
                        Set.of(
                                SPI,
                                UTIL,
                                TASK,
                                DEADLOCK,
                                "dev.pando.DeadlineExceededException",
                                "dev.pando.Futures",
                                "dev.pando.Pool",
                                "dev.pando.PoolBuilder",
                                "dev.pando.Submitter",
                                "dev.pando.Task",
                                "dev.pando.TaskFailedException",
                                "dev.pando.TaskFuture"),
                        "a coroutine is a backend's and a future's at once: it completes a promise, and is a worker to"
                                + " the deadlock detector"),
                new Room(
                        "dev.pando.process",
                        Set.of("dev.pando.Action", SPI, UTIL, POLICY, PROCESS, LOGGING, MEMORY, OS, OUTPUT),
                        "what users say of worker processes, and no pool"),
                new Room(
                        PROCESS,
                        Set.of(
                                "dev.pando.Action",
                                SPI,
                                UTIL,
                                CODEC,
                                MESSAGE,
                                POLICY,
                                CLASSES,
                                HANDLE,
                                LAUNCH,
                                MEMORY,
                                OS,
                                OUTPUT,
                                SCHEDULE,
                                SHARED,
                                WIRE),
                        "the engine puts its rooms together; parent and worker share the wire, the memory and the"
                                + " system they run on, and nothing else: they are two programs"),
                new Room(
                        SCHEDULE,
                        Set.of(),
                        "the scheduler is pure: what it imported could have a thread, a clock, a lock or a file"),
                new Room(
                        HANDLE,
                        Set.of(
                                SPI, UTIL, CODEC, MESSAGE, POLICY, CLASSES, LAUNCH, MEMORY, OS, OUTPUT, SHARED, WIRE,
                                WORKER),
                        "the handle of one worker reports to its supervisor, and decides nothing about others"),
                new Room(
                        LAUNCH,
                        Set.of(CLASSES, OS, UTIL),
                        "how a JVM is started does not depend on what it is started for"),
                new Room(
                        SHARED_API,
                        Set.of(),
                        "what tasks talk through is told without a pool, so that a handle can be anywhere"),
                new Room(
                        SHARED,
                        Set.of(
                                SHARED_API,
                                SPI,
                                UTIL,
                                CODEC,
                                POLICY,
                                DEADLOCK,
                                TASK,
                                WIRE,
                                "dev.pando.DeadlockException",
                                "dev.pando.NotSendableException"),
                        "one table judges the calls of threads and of worker processes alike, and knows no backend;"
                                + " the wire is how a handle in a worker asks it"),
                new Room(
                        SHARED_HANDLE,
                        Set.of(SHARED, SHARED_API, UTIL, "dev.pando.TaskFailedException"),
                        "a handle makes calls, and knows nothing of where its construct is"),
                new Room(
                        WORKER,
                        Set.of("dev.pando", SHARED, TASK, DEADLOCK, UTIL, SPI, WIRE),
                        "a task asks its pool through an interface of this room, or through its parent: a room that"
                                + " knew the pool would know what only the program has"),
                new Room(
                        ACTOR,
                        Set.of("dev.pando", POOL, SHARED_API, SHARED_HANDLE, SPI, TASK, UTIL),
                        "an actor is a user of the pool and of two shared queues: it knows no kind of worker"),
                new Room(
                        STREAM,
                        Set.of("dev.pando", POOL, SHARED_API, SHARED_HANDLE, TASK, UTIL),
                        "a stream is a user of the pool and of a shared queue: it knows no kind of worker"),
                new Room(
                        TOOL,
                        Set.of("dev.pando"),
                        "a tool of another artifact is told of views, and finds its pools by no other way"),
                new Room(
                        "dev.pando.internal.inspect",
                        Set.of("dev.pando", POOL),
                        "a tool is told what a view of a pool tells, so that this room changes with no other"),
                new Room(CLASSES, Set.of(MESSAGE, WIRE), "class files are served to any worker that asks"),
                new Room(OUTPUT, Set.of(), "lines are lines, whichever program printed them"),
                new Room(
                        LOGGING,
                        Set.of(OUTPUT, UTIL),
                        "what is logged travels among what is printed, so that it needs no other channel, and no task"),
                new Room(
                        WIRE,
                        Set.of(SPI),
                        "the protocol is data: it must be readable, and testable, without either of its ends"),
                new Room(
                        MEMORY,
                        Set.of(SPI, UTIL, MESSAGE, WIRE, OS),
                        "both programs have memory to share and agree on it in this room, without the one seeing into"
                                + " the other"),
                new Room(
                        OS,
                        Set.of(),
                        "what is different on another system is found, and replaced, in one place; and the worker,"
                                + " which starts fast, loads it first"),
                new Room(
                        "dev.pando.internal.process.child",
                        Set.of(SPI, CODEC, MESSAGE, WIRE, OS, MEMORY, OUTPUT, LOGGING),
                        "a worker is a program of its own that starts fast and knows the wire only, and where its"
                                + " ends are"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsWhatItsArrowsSay(Room room) {
        String[] allowed =
                Stream.concat(Stream.of(room.name), room.mayImport.stream()).toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(room.name)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pando..")
                        .and(not(resideInAnyPackage(allowed)))
                        .and(DescribedPredicate.describe(
                                "not " + room.mayImport,
                                type -> !room.mayImport.contains(
                                        type.getBaseComponentType().getName()))))
                .because(room.because));
    }

    @Test
    void aFewTypesOfTheApiMayNameTheInside() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.pando")
                .and(not(DescribedPredicate.describe(
                        "one of " + MAY_IMPORT_THE_INSIDE,
                        (JavaClass type) -> MAY_IMPORT_THE_INSIDE.contains(topLevel(type)))))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pando.internal..").and(not(resideInAPackage(UTIL))))
                .because("the arrow from the API to its inside is the price of static factories: it is fenced"
                        + " so that it stays one"));
    }

    private static String topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::topLevel).orElseGet(type::getSimpleName);
    }

    @Test
    void everyPackageIsARoom() {
        check(classes()
                .should()
                .resideInAnyPackage(rooms().stream().map(Room::name).toArray(String[]::new))
                .because("a package without a line in the table above would have no rule at all"));
    }
}
