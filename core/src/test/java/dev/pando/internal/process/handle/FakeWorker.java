package dev.pando.internal.process.handle;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.internal.process.ProcessEngine;
import dev.pando.internal.process.ProcessSettings;
import dev.pando.internal.process.output.OutputReader;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.util.SystemTimer;
import dev.pando.internal.worker.ServingHost;
import dev.pando.internal.worker.TaskServices;
import dev.pando.process.Output;
import dev.pando.process.OutputSinks;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link WorkerHandle} whose process is none: the test sees what it is sent, and decides how it ends. */
public final class FakeWorker implements PrefetchingHost, ServingHost, Seat {
    final ArrayDeque<FakeJob> queue = new ArrayDeque<>();
    final SystemTimer timer = new SystemTimer("fake-patience");
    public final ProcessEngine engine;
    public final WorkerHandle handle;
    final FakeProcess process = new FakeProcess();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** What the tasks of the worker ask. */
    final FakeServices services = new FakeServices();

    /** Whether the worker is told to say what each task cost. */
    boolean metered;

    /** The threads that end with the pool. */
    final List<Thread> leaving = new CopyOnWriteArrayList<>();

    public FakeWorker() {
        this(settings -> {});
    }

    FakeWorker(Consumer<ProcessSettings> furnish) {
        ProcessSettings settings = new ProcessSettings(1, "", OutputSinks.of(Output.discard())).with(furnish);
        engine = new ProcessEngine(this, settings, timer, timer::close);
        handle = new WorkerHandle(1, engine.services, engine.shell);
    }

    /** Hands the handle its process. Returns false if the worker was killed before. */
    boolean started() {
        return started(sent);
    }

    /** The same, where the process reads its commands from this stream. */
    boolean started(OutputStream commands) {
        OutputReader output = OutputReader.start(
                "fake",
                new ByteArrayInputStream("its last words\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                OutputSinks.of(Output.discard()),
                _ -> {},
                false);
        output.awaitEnd(Long.MAX_VALUE);
        FrameOutbox outbox = new FrameOutbox(Thread.ofPlatform().daemon().factory(), commands);
        return handle.started(new WorkerHandle.Running(process, outbox, output, () -> 0, null));
    }

    public FakeWorker ready() {
        started();
        handle.ready(this);
        return this;
    }

    @Override
    public TaskServices taskServices() {
        return services;
    }

    public FakeJob submit(String name) {
        FakeJob job = new FakeJob(name);
        job.queue = queue;
        queue.add(job);
        return job;
    }

    /** Returns the messages sent, in short: {@code Run 1}, {@code Stop 1}, {@code Leave}. */
    List<String> sent() throws Exception {
        List<String> words = new ArrayList<>();
        FrameReader reader = new FrameReader(new ByteArrayInputStream(sent.toByteArray()));
        for (Message message = reader.toWorker(); message != null; message = reader.toWorker()) {
            words.add(
                    switch (message) {
                        case Message.Run run -> "Run " + run.run();
                        case Message.Stop(int run, boolean _, long _) -> "Stop " + run;
                        default -> message.getClass().getSimpleName();
                    });
        }
        return words;
    }

    public void close() {
        timer.close();
    }

    /** A task, which notes what is reported about it. */
    public static final class FakeJob implements PrefetchingHost.Candidate {
        final List<String> reports = new ArrayList<>();
        private final String name;
        private final TaskPayload payload;
        private ArrayDeque<FakeJob> queue = new ArrayDeque<>();
        int attempts;

        @Nullable
        Failure failure;

        boolean unwanted;
        boolean mayGoAhead;
        Runnable whenBegun = () -> {};

        FakeJob(String name) {
            this.name = name;
            try {
                Callable<?> work = (Callable<?> & Serializable) () -> 1;
                PackedWork packed = new Codec().pack(work);
                payload = new TaskPayload(
                        packed, new ResultPolicy(packed.origin(), ClassPatterns.NOTHING), work, new Throwable());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void run(Seat seat) {
            throw new AssertionError("here?");
        }

        @Override
        public int begin(Seat seat) {
            whenBegun.run();
            return unwanted ? 0 : ++attempts;
        }

        @Override
        public void backInLine() {
            queue.addFirst(this);
        }

        @Override
        public int attempts() {
            return attempts;
        }

        @Override
        public boolean ahead() {
            return mayGoAhead;
        }

        @Override
        public Object packedWork() {
            return payload;
        }

        @Override
        public void stuck(int attempt, List<StackTraceElement> frames) {
            reports.add("stuck " + attempt + " " + frames.size());
        }

        @Override
        public void cost(int attempt, Cost cost) {}

        @Override
        public boolean succeed(int attempt, @Nullable Object value) {
            return reports.add("succeed " + attempt);
        }

        @Override
        public boolean fail(int attempt, Failure failure) {
            this.failure = failure;
            return reports.add("fail " + attempt);
        }

        @Override
        public boolean giveBack(int attempt) {
            return reports.add("give back " + attempt);
        }

        @Override
        public String name() {
            return name;
        }
    }

    /** A process that ends when the test says how, or with the code of a SIGKILL when it is killed. */
    static final class FakeProcess extends Process {
        volatile @Nullable Integer code;
        InputStream said = InputStream.nullInputStream();
        int kills;

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return said;
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return exitValue();
        }

        @Override
        public int exitValue() {
            Integer exited = code;
            if (exited == null) {
                throw new IllegalThreadStateException();
            }
            return exited;
        }

        @Override
        public void destroy() {
            kills++;
            if (code == null) {
                code = 137;
            }
        }

        @Override
        public long pid() {
            return 0; // the id of no process
        }

        @Override
        public ProcessHandle toHandle() {
            return (ProcessHandle) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {ProcessHandle.class}, (self, method, arguments) -> {
                        if (!method.getName().equals("destroyForcibly")) {
                            throw new UnsupportedOperationException(method.getName());
                        }
                        destroy();
                        return true;
                    });
        }
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public void leaving(Thread thread) {
        leaving.add(thread);
    }

    @Override
    public @Nullable Job next() {
        return queue.poll();
    }

    @Override
    public int inLine() {
        return queue.size();
    }

    @Override
    public int mayGoAhead() {
        return queue.size();
    }

    @Override
    public boolean over() {
        return false;
    }

    @Override
    public Seat arrive(String worker, @Nullable Thread thread) {
        return this;
    }

    @Override
    public Seat visit(boolean another) {
        return this;
    }

    @Override
    public boolean anyInLine() {
        return !queue.isEmpty();
    }

    @Override
    public void ended() {}

    @Override
    public void broken(Throwable cause) {}

    @Override
    public boolean metered() {
        return metered;
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public String worker() {
        return "fake-1";
    }

    @Override
    public void leave() {}

    @Override
    public void lost(String reason) {}
}
