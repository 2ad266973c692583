package dev.pando.lab.terminal;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this program as a screen with keys, until it is closed or the program ends, by Ctrl-C too: then it is
 * what it was before. The system's {@code stty} changes it, because Java cannot.
 */
public final class KeyTerminal implements AutoCloseable {
    private static final File DEVICE = new File("/dev/tty");
    private static final String ENTER = "\033[?1049h\033[?25l";
    private static final String LEAVE = "\033[?25h\033[?1049l";
    private static final int USUAL_ROWS = 24;

    /** The settings to which the terminal goes back, as stty understands them. */
    private final String before;

    private final PrintWriter out;
    private final LinkedBlockingQueue<KeyPress> keys = new LinkedBlockingQueue<>();
    private final Thread restore = new Thread(this::restore, "pando-terminal");

    /** Guarded by this. */
    private boolean closed;

    private KeyTerminal(String before, PrintWriter out) {
        this.before = before;
        this.out = out;
    }

    /** Returns the screen, or {@code null} if this program has none. */
    public static @Nullable KeyTerminal open(PrintWriter out) throws IOException {
        String before = stty("-g");
        if (before == null) {
            return null;
        }
        KeyTerminal terminal = new KeyTerminal(before, out);
        Runtime.getRuntime().addShutdownHook(terminal.restore);
        // susp: a program that is suspended could not give the terminal back
        stty("-icanon", "-echo", "min", "1", "susp", "undef");
        KeyReader reader = new KeyReader(new InputStreamReader(new FileInputStream(DEVICE), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("pando-keys").start(() -> terminal.read(reader));
        out.print(ENTER);
        out.flush();
        return terminal;
    }

    /** Returns what stty printed, or {@code null} if there is no such program or no terminal. */
    private static @Nullable String stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process stty = new ProcessBuilder(command)
                    .redirectInput(DEVICE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return stty.waitFor() == 0 ? said : null;
        } catch (IOException none) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void read(KeyReader reader) {
        try {
            while (true) {
                keys.add(reader.next());
            }
        } catch (IOException terminalHasGone) {
            keys.add(KeyPress.of('q'));
        }
    }

    /** Returns the next key, or {@code null} if none was pressed in that time. */
    public @Nullable KeyPress next(Duration patience) throws InterruptedException {
        return keys.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Returns how many rows and columns there are now: a window changes while it is looked at. */
    public int[] size() {
        String[] numbers = String.valueOf(stty("size")).split(" ", -1);
        if (numbers.length == 2 && (numbers[0] + numbers[1]).matches("[0-9]{2,8}")) {
            int rows = Integer.parseInt(numbers[0]);
            int columns = Integer.parseInt(numbers[1]);
            return new int[] {rows == 0 ? USUAL_ROWS : rows, columns};
        }
        return new int[] {USUAL_ROWS, 0};
    }

    /** Shows these lines and no others. */
    public synchronized void paint(List<String> lines) {
        if (closed) {
            return;
        }
        StringBuilder screen = new StringBuilder("\033[H");
        for (int i = 0; i < lines.size(); i++) {
            screen.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append("\033[K");
        }
        out.print(screen.append("\033[J"));
        out.flush();
    }

    private synchronized void restore() {
        if (!closed) {
            closed = true;
            out.print(LEAVE);
            out.flush();
            var _ = stty(before);
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(restore);
        } catch (IllegalStateException shuttingDown) {
            // it has run, or finds the terminal restored
        }
    }
}
