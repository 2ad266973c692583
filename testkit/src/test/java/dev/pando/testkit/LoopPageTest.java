package dev.pando.testkit;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.When;
import dev.pando.loop.Barrier;
import dev.pando.loop.Channel;
import dev.pando.loop.Condition;
import dev.pando.loop.Event;
import dev.pando.loop.Loop;
import dev.pando.loop.LoopTimeout;
import dev.pando.loop.Mutex;
import dev.pando.loop.RunningLoop;
import dev.pando.loop.Semaphore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Member;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/loop.md have every public name of asyncio, and the code on the page is compiled here. */
class LoopPageTest {
    private static final Path PAGE = Path.of("../docs/loop.md");
    private static final Path HERE = Path.of("src/test/java/dev/pando/testkit/LoopPageTest.java");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern WORD = Pattern.compile("\\w+");

    /** What {@code asyncio.__all__} has in CPython 3.11 to 3.14, on Linux. */
    private static final String ASYNCIO = """
        ALL_COMPLETED AbstractChildWatcher AbstractEventLoop AbstractEventLoopPolicy AbstractServer Barrier
        BaseEventLoop BaseProtocol BaseTransport BoundedSemaphore BrokenBarrierError BufferedProtocol
        CancelledError Condition DatagramProtocol DatagramTransport DefaultEventLoopPolicy Event EventLoop
        FIRST_COMPLETED FIRST_EXCEPTION FastChildWatcher FrameCallGraphEntry Future FutureCallGraph Handle
        IncompleteReadError InvalidStateError LifoQueue LimitOverrunError Lock MultiLoopChildWatcher
        PidfdChildWatcher PriorityQueue Protocol Queue QueueEmpty QueueFull QueueShutDown ReadTransport Runner
        SafeChildWatcher SelectorEventLoop Semaphore SendfileNotAvailableError Server StreamReader
        StreamReaderProtocol StreamWriter SubprocessProtocol SubprocessTransport Task TaskGroup
        ThreadedChildWatcher TimeoutError Timeout TimerHandle Transport WriteTransport _enter_task
        _get_running_loop _leave_task _register_task _set_running_loop _unregister_task all_tasks as_completed
        capture_call_graph create_eager_task_factory create_subprocess_exec create_subprocess_shell create_task
        current_task eager_task_factory ensure_future format_call_graph future_add_to_awaited_by
        future_discard_from_awaited_by gather get_child_watcher get_event_loop get_event_loop_policy
        get_running_loop iscoroutine iscoroutinefunction isfuture new_event_loop open_connection
        open_unix_connection print_call_graph run run_coroutine_threadsafe set_child_watcher set_event_loop
        set_event_loop_policy shield sleep start_server start_unix_server timeout timeout_at to_thread wait
        wait_for wrap_future
        """;

    /** The types that the tables name with a method of theirs. */
    private static final List<Class<?>> TYPES = List.of(
            Barrier.class,
            Channel.class,
            Condition.class,
            Event.class,
            Futures.class,
            Loop.class,
            LoopTimeout.class,
            Mutex.class,
            Pool.class,
            RunningLoop.class,
            Semaphore.class,
            TaskFuture.class,
            When.class);

    private record Row(String asyncio, String here, String differs) {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        boolean inTable = false;
        for (String line : page().lines().toList()) {
            if (line.startsWith("## ")) {
                inTable = line.equals("## From asyncio");
            }
            if (inTable && line.startsWith("| ") && !line.startsWith("| asyncio |")) {
                String[] cells = line.split("\\|", -1);
                assertThat(cells).as(line).hasSize(5);
                rows.add(new Row(cells[1].strip(), cells[2].strip(), cells[3].strip()));
            }
        }
        return rows;
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> spans(String cell) {
        return SPAN.matcher(cell).results().map(found -> found.group(1));
    }

    @Test
    void everyPublicNameOfAsyncioHasARow() {
        Set<String> named = new TreeSet<>();
        for (Row row : rows()) {
            spans(row.asyncio())
                    .forEach(span ->
                            WORD.matcher(span).results().map(MatchResult::group).forEach(named::add));
        }
        assertThat(named).containsAll(Arrays.asList(ASYNCIO.split("\\s+")));
    }

    @Test
    void everyRowSaysWhatIsHereOrWhyNot() {
        assertThat(rows())
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(row.here() + row.differs()).isNotBlank());
    }

    static Stream<Class<?>> types() {
        return TYPES.stream();
    }

    /** So that a row which names a method that was renamed is found. */
    @ParameterizedTest
    @MethodSource("types")
    void whatTheTablesNameExists(Class<?> type) {
        Pattern use = Pattern.compile("(?<![\\w.])" + type.getSimpleName() + "\\.(\\w+)");
        Set<String> used = new TreeSet<>();
        for (Row row : rows()) {
            spans(row.here())
                    .forEach(span -> use.matcher(span)
                            .results()
                            .map(found -> found.group(1))
                            .forEach(used::add));
        }
        List<String> there = Stream.<Member>concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getFields()))
                .map(Member::getName)
                .toList();
        assertThat(there).containsAll(used);
    }

    @Test
    void everyFragmentOnThePageStandsHere() throws IOException {
        String here = bare(Files.readString(HERE));
        List<String> fragments = CODE.matcher(page())
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split("\n\n")))
                .toList();
        assertThat(fragments)
                .hasSizeGreaterThan(5)
                .allSatisfy(fragment -> assertThat(here).contains(bare(fragment)));
    }

    /** Returns the code without its layout and its remarks, which depend on where it stands. */
    private static String bare(String code) {
        return code.replaceAll(" // [^\n]*", "").replaceAll("\\s+", " ").strip();
    }

    private static final HttpClient client = HttpClient.newHttpClient();

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost" + path)).build();
    }

    static String fetch(String path) {
        return Loop.await(client.sendAsync(request(path), ofString())).body();
    }

    /** Is compiled, and not run: it would need a server. */
    static List<String> fetchTwo() {
        List<String> pages = Loop.run(() -> {
            TaskFuture<String> a = Loop.spawn(() -> fetch("/a"));
            TaskFuture<String> b = Loop.spawn(() -> fetch("/b"));
            Loop.sleep(Duration.ofMillis(10));
            return Loop.gather(a, b);
        });
        return pages;
    }

    private static int readHead() {
        Loop.sleep(Duration.ofSeconds(4));
        return 1_000;
    }

    private static String readBody(int length) {
        Loop.sleep(Duration.ofMillis(9L * length));
        return "x".repeat(length);
    }

    @Test
    void aLimitMoves() {
        String read = Loop.run(Loop.create().virtualTime(), () -> {
            LoopTimeout limit = LoopTimeout.of(Duration.ofSeconds(5));
            String page = Loop.timeout(limit, () -> {
                int length = readHead();
                limit.reschedule(Duration.ofMillis(10L * length)); // from now on
                return readBody(length);
            });
            return page;
        });
        assertThat(read).hasSize(1_000);
    }

    private static int ask(String question) {
        Loop.yield();
        return question.length();
    }

    @Test
    void anotherThreadStartsACoroutine() {
        Loop.run(() -> {
            RunningLoop loop = Loop.running(); // in a coroutine
            Promise<Integer> heard = new Promise<>();
            Thread.ofPlatform().start(() -> {
                TaskFuture<Integer> answer = loop.spawn(() -> ask("how many?")); // in another thread
                heard.complete(answer.result());
            });
            assertThat(Loop.await(heard.future())).isEqualTo(9);
        });
    }

    @Test
    void aConditionIsWaitedFor() {
        Queue<String> lines = new ArrayDeque<>();
        String received = Loop.run(() -> {
            Mutex mutex = new Mutex();
            Condition filled = Condition.of(mutex);
            Loop.spawn(() -> {
                mutex.withLock(() -> {
                    lines.add("line");
                    filled.signal();
                });
            });
            String next = mutex.withLock(() -> {
                filled.awaitUntil(() -> !lines.isEmpty());
                return lines.remove();
            });
            return next;
        });
        assertThat(received).isEqualTo("line");
    }

    private static void myProgram() {
        Loop.sleep(Duration.ofHours(1));
    }

    @Test
    void aProgramIsTestedInNoTime() {
        Loop.run(Loop.create().virtualTime().shuffled(7), () -> myProgram());
    }
}
