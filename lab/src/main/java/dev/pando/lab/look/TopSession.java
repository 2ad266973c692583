package dev.pando.lab.look;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.terminal.KeyPress;
import dev.pando.lab.terminal.KeyTerminal;
import dev.pando.lab.terminal.Terminal;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;

/** One program on the screen, until a key ends it. One thread asks, paints and hears of keys. */
public final class TopSession {
    private final ProgramLink link;
    private final KeyTerminal keys;
    private final TopScreen screen;
    private final int wishedWidth;
    private final int most;
    private final Duration every;

    /**
     * @param wishedWidth the columns that the user wishes for, or 0
     * @param most how many tasks of each pool are asked for
     * @param every between two looks at the program
     */
    public TopSession(
            ProgramLink link,
            KeyTerminal keys,
            MessageBook messages,
            Terminal terminal,
            int wishedWidth,
            int most,
            Duration every) {
        this.link = link;
        this.keys = keys;
        this.screen = new TopScreen(messages, terminal.textStyle());
        this.wishedWidth = wishedWidth;
        this.most = most;
        this.every = every;
    }

    /** Returns whether the program is still there. */
    public boolean run() throws IOException, LookFailure, InterruptedException {
        try {
            while (true) {
                long next = System.nanoTime() + every.toNanos();
                screen.update(link.state(most));
                askForStack();
                paint();
                for (long left = every.toNanos(); left > 0; left = next - System.nanoTime()) {
                    KeyPress key = keys.next(Duration.ofNanos(left));
                    if (key == null) {
                        break;
                    }
                    if (!screen.press(key)) {
                        return true;
                    }
                    if (key.kind() == KeyPress.Kind.ENTER) {
                        askForStack();
                    }
                    paint();
                }
            }
        } catch (EOFException ended) {
            return false;
        } catch (IOException e) {
            if (link.isAlive()) {
                throw e;
            }
            return false;
        }
    }

    private void askForStack() throws IOException, LookFailure {
        TopRow task = screen.opened();
        if (task != null) {
            screen.stackIs(link.stack(task.pool(), task.record().number("id")));
        }
    }

    private void paint() {
        int[] size = keys.size();
        int width = wishedWidth > 0 ? wishedWidth : size[1] > 0 ? size[1] : 80;
        keys.paint(screen.lines(width, size[0]));
    }
}
