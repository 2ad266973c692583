package dev.pando.lab;

import dev.pando.Fn;
import dev.pando.lab.advise.Recommendation;
import dev.pando.lab.advise.WorkerSearch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which workers a function should run on, and how many, by trying. Immutable.
 *
 * {@snippet :
 * Recommendation found = Advisor.of(Texts::words, someLines).budget(Duration.ofSeconds(5)).recommend();
 * System.out.println(found.code("Texts::words"));
 * }
 *
 * <p>The adviser calls the function thousands of times, in threads and in processes: the function must allow that, and
 * the sample should resemble the real inputs. {@link #recommend} throws what the function throws, as
 * {@code TaskFuture.result()} does.
 */
public final class Advisor<A extends @Nullable Object, T extends @Nullable Object> {
    private final Fn<A, T> fn;
    private final List<? extends A> sample;
    private final Duration budget;
    private final Consumer<String> doing;

    private Advisor(Fn<A, T> fn, List<? extends A> sample, Duration budget, Consumer<String> doing) {
        this.fn = fn;
        this.sample = sample;
        this.budget = budget;
        this.doing = doing;
    }

    /** Returns an adviser for this function, tried with these inputs. The budget is ten seconds unless set. */
    public static <A extends @Nullable Object, T extends @Nullable Object> Advisor<A, T> of(
            Fn<A, T> fn, Collection<? extends A> sample) {
        if (sample.isEmpty()) {
            throw new IllegalArgumentException("sample must not be empty: without an input there is nothing to try");
        }
        return new Advisor<>(fn, List.copyOf(sample), Duration.ofSeconds(10), _ -> {});
    }

    /** Sets about how long {@link #recommend} may take. A single slow call may exceed the budget. */
    public Advisor<A, T> budget(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("time must be greater than 0, not " + time);
        }
        return new Advisor<>(fn, sample, time, doing);
    }

    /** The listener is told of each trial before the trial begins. */
    public Advisor<A, T> telling(Consumer<String> listener) {
        return new Advisor<>(fn, sample, budget, listener);
    }

    /** Tries candidates for about the budget. Keeps all processors busy. */
    public Recommendation recommend() {
        return new WorkerSearch<>(fn, sample, budget, doing).run();
    }
}
