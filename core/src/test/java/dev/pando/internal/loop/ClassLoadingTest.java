package dev.pando.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A coroutine that uses a class for the first time is not told to have held its loop. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class ClassLoadingTest {
    private static final long LIMIT = 20_000_000;

    /** Five times the limit. */
    private static final int LOOKS = 20;

    /** How often the watchdog has looked where the coroutine is. */
    private final CountDownLatch looks = new CountDownLatch(LOOKS);

    private final List<String> reports = new ArrayList<>();

    /** The class that is loaded. */
    public static final class Rare implements Supplier<String> {
        @Override
        public String get() {
            return "loaded";
        }
    }

    /** Defines the class anew, and takes its time. */
    private final class SlowLoader extends ClassLoader {
        SlowLoader() {
            super(ClassLoadingTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Rare.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream file = Rare.class.getResourceAsStream("ClassLoadingTest$Rare.class")) {
                looks.await();
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException | InterruptedException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** A class whose initializer shows the stack. */
    private static final class Initialized {
        static final StackTraceElement[] STACK = Thread.currentThread().getStackTrace();
    }

    private void endAllLooks(String report) {
        reports.add(report);
        while (looks.getCount() > 0) {
            looks.countDown();
        }
    }

    @Test
    void aClassLoaderThatTakesItsTimeIsNotReported() {
        LoopSettings settings = LoopSettings.DEFAULT
                .withWarnNanos(LIMIT)
                .withReport(this::endAllLooks)
                .withThreads(name -> body -> new Thread(body) {
                    @Override
                    public StackTraceElement[] getStackTrace() {
                        looks.countDown();
                        return super.getStackTrace();
                    }
                });
        Object said = LoopVerbs.run(settings, () -> {
            Class<?> rare = new SlowLoader().loadClass(Rare.class.getName());
            return ((Supplier<?>) rare.getConstructor().newInstance()).get();
        });
        assertThat(said).isEqualTo("loaded");
        assertThat(reports).noneMatch(report -> report.contains("SlowLoader"));
    }

    /** It loads a class whenever it is looked at for the second time. */
    @Test
    void aReportShowsThePlaceForWhichItIsMade() {
        StackTraceElement[] atWork = {new StackTraceElement("Shop", "count", "Shop.java", 42)};
        LoopSettings settings = LoopSettings.DEFAULT
                .withWarnNanos(LIMIT)
                .withReport(this::endAllLooks)
                .withThreads(name -> body -> new Thread(body) {
                    private boolean loads = true;

                    @Override
                    public StackTraceElement[] getStackTrace() {
                        loads = !loads;
                        return loads ? Initialized.STACK : atWork;
                    }
                });
        LoopVerbs.run(settings, () -> {
            looks.await();
            return 1;
        });
        assertThat(reports).singleElement().asString().contains("Shop.count");
    }

    @Test
    void aStackTellsWhetherClassesAreLoaded() {
        assertThat(LoadingTrace.isIn(Initialized.STACK)).isTrue();
        assertThat(LoadingTrace.isIn(Thread.currentThread().getStackTrace())).isFalse();
    }
}
