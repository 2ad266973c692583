package dev.pando.internal.process.child;

import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.RecordMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The flight recording of this worker. Made at the first message about it. The thread that reads hands on what the
 * parent says; a thread of its own carries that out, since the recorder of the JDK takes tenths of a second to start,
 * and the parent may have to stop a task meanwhile. The main thread waits for the start, so that every task that was
 * sent after the order is recorded.
 */
final class WorkerRecorder implements Runnable {
    private static final int LONGEST_FAILURE = 1000;

    private final ReplyWriter replies;
    private final String worker;
    private final LinkedBlockingQueue<RecordMessage.AboutRecording> orders = new LinkedBlockingQueue<>();

    /** By run. Those of runs that the worker has passed are dropped with the next. Under its own lock. */
    private final TreeMap<Integer, RecordMessage.Title> titles = new TreeMap<>();

    /** Opened once the recording has begun, or could not; replaced with the next order to begin. */
    private volatile CountDownLatch begun = new CountDownLatch(0);

    /** Used by the recorder's thread. */
    private @Nullable Recording recording;

    WorkerRecorder(ReplyWriter replies, String worker) {
        this.replies = replies;
        this.worker = worker;
        Thread thread = new Thread(null, this, "pando-recorder", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    /** On the thread that reads. */
    void receive(RecordMessage.AboutRecording message) {
        if (message instanceof RecordMessage.Title title) {
            synchronized (titles) {
                titles.put(title.run(), title);
            }
            return;
        }
        if (message instanceof RecordMessage.Begin) {
            begun = new CountDownLatch(1);
        }
        orders.add(message);
    }

    @Override
    public void run() {
        while (true) {
            try {
                carryOut(orders.take());
            } catch (InterruptedException strange) {
                // a thread that an earlier task left behind may do that
            }
        }
    }

    private void carryOut(RecordMessage.AboutRecording order) {
        switch (order) {
            case RecordMessage.Begin begin -> {
                try {
                    answer(begin.question(), () -> begin(begin));
                } finally {
                    begun.countDown(); // or else the main thread would wait for ever
                }
            }
            case RecordMessage.Write(int question, String file) -> answer(question, () -> write(Path.of(file)));
            case RecordMessage.Finish(int question) -> answer(question, this::end);
            case RecordMessage.Title _ -> {}
        }
    }

    private interface RecorderStep {
        void take() throws IOException;
    }

    private void answer(int question, RecorderStep step) {
        String failure = "";
        try {
            step.take();
        } catch (Throwable t) { // a runtime without the recorder, a full disk, no memory
            String text = String.valueOf(t);
            failure = text.length() <= LONGEST_FAILURE ? text : text.substring(0, LONGEST_FAILURE);
        }
        String repository = System.getProperty("jdk.jfr.repository", "");
        replies.send(new RecordMessage.Told(question, repository, failure));
    }

    private void begin(RecordMessage.Begin begin) throws IOException {
        Recording fresh = new Recording(settings(begin.settings()));
        fresh.setName(worker);
        fresh.setToDisk(true);
        fresh.setMaxSize(begin.mostBytes());
        fresh.setDumpOnExit(true);
        fresh.setDestination(Path.of(begin.file()));
        fresh.start();
        new RunEvent().begin(); // its class is ready before the first task
        recording = fresh;
    }

    private static Map<String, String> settings(String lines) {
        Map<String, String> settings = new HashMap<>();
        lines.lines().forEach(line -> {
            int end = line.indexOf('=');
            settings.put(line.substring(0, end), line.substring(end + 1));
        });
        return settings;
    }

    private void write(Path file) throws IOException {
        if (recording == null) {
            throw new IOException("there is no recording");
        }
        recording.dump(file);
    }

    /** To stop writes the file that the recording was given. */
    private void end() {
        if (recording != null) {
            recording.stop();
            recording.close();
            recording = null;
        }
    }

    /** Runs a task as an event of the recording, on the main thread. */
    Message.ToParent recorded(Message.Run run, TaskRunner runner) {
        awaitBegin();
        RecordMessage.Title title = title(run.run());
        if (title == null) {
            return runner.answerTo(run);
        }
        RunEvent event = new RunEvent();
        event.begin();
        Message.ToParent answer = runner.answerTo(run);
        if (event.shouldCommit()) {
            event.task = title.task();
            event.attempt = title.attempt();
            event.worker = worker;
            event.commit();
        }
        return answer;
    }

    /** An interrupt means that the task is to stop, and is left for the task. */
    private void awaitBegin() {
        try {
            begun.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private RecordMessage.@Nullable Title title(int run) {
        synchronized (titles) {
            RecordMessage.Title title = titles.get(run);
            titles.headMap(run, true).clear();
            return title;
        }
    }
}
