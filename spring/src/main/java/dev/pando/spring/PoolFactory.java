package dev.pando.spring;

import dev.pando.ContextCarrier;
import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import dev.pando.spring.PoolProperties.BackendKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Makes one pool of its properties. A value that is none is refused by the name of its property. */
final class PoolFactory {
    private final String name;
    private final PoolProperties said;
    private final PoolBuilder builder;

    /**
     * Reads the properties, and starts nothing.
     *
     * @throws InvalidConfigurationPropertyValueException a value is none
     */
    PoolFactory(String name, PoolProperties said) {
        this.name = name;
        this.said = said;
        builder = Pool.with(backend());
        option("name", name, builder, PoolBuilder::named);
        option("queue", said.queue(), builder, PoolBuilder::queue);
        option("when-full", said.whenFull(), builder, PoolBuilder::whenFull);
        option("timeout", said.timeout(), builder, PoolBuilder::timeout);
        if (said.closeTimeout() != null && said.closeTimeout().isNegative()) {
            throw refusal("close-timeout", said.closeTimeout(), "it must not be negative");
        }
    }

    /** Opens the pool, with the carriers of these names. */
    Pool open(Function<String, ContextCarrier> carriers) {
        carriers().forEach(carrier -> builder.carry(carriers.apply(carrier)));
        return builder.open();
    }

    /** Returns the names of the carriers. */
    List<String> carriers() {
        return said.carry() == null ? List.of() : said.carry();
    }

    /**
     * Asks for the carriers before the application makes any bean.
     *
     * @throws InvalidConfigurationPropertyValueException a name is not that of a carrier
     */
    void check(Predicate<String> isCarrier) {
        for (String carrier : carriers()) {
            if (!isCarrier.test(carrier)) {
                throw refusal("carry", carrier, "there is no bean of type ContextCarrier with this name");
            }
        }
    }

    /** Returns whether a task stays in this JVM, so that it may be any object. */
    boolean isLocal() {
        return said.backend() != BackendKind.PROCESSES;
    }

    private Backend backend() {
        BackendKind kind = said.backend();
        if (kind == null) {
            throw refusal("backend", null, "say which workers: processes, threads or virtual");
        }
        if (kind == BackendKind.PROCESSES) {
            return processes();
        }
        ofProcesses().forEach((key, value) -> {
            if (value != null) {
                throw refusal(key, value, "only a pool of processes has it");
            }
        });
        Integer workers = said.workers();
        if (kind == BackendKind.VIRTUAL) {
            return workers == null
                    ? Virtual.unlimited()
                    : option("workers", workers, Virtual.unlimited(), (_, limit) -> Virtual.atMost(limit));
        }
        return option("workers", workers, Threads.auto(), (_, count) -> Threads.of(count));
    }

    private Processes processes() {
        Processes workers = option("workers", said.workers(), Processes.auto(), (_, count) -> Processes.of(count));
        workers = option("heap", said.heap(), workers, Processes::heap);
        workers = option("memory", said.memory(), workers, Processes::memory);
        workers = option("jvm-args", said.jvmArgs(), workers, (all, some) -> all.jvmArgs(some.toArray(String[]::new)));
        workers = option("recycle-after", said.recycleAfter(), workers, Processes::recycleAfter);
        workers = option("recycle-above", said.recycleAbove(), workers, Processes::recycleAbove);
        workers = option("spares", said.spares(), workers, Processes::spares);
        workers = option("grace", said.grace(), workers, Processes::grace);
        workers = option("idle-timeout", said.idleTimeout(), workers, Processes::idleTimeout);
        return option("eager", said.eager(), workers, (all, eager) -> eager ? all.eager() : all);
    }

    private Map<String, @Nullable Object> ofProcesses() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("heap", said.heap());
        all.put("memory", said.memory());
        all.put("jvm-args", said.jvmArgs());
        all.put("recycle-after", said.recycleAfter());
        all.put("recycle-above", said.recycleAbove());
        all.put("spares", said.spares());
        all.put("grace", said.grace());
        all.put("idle-timeout", said.idleTimeout());
        all.put("eager", said.eager());
        return all;
    }

    private <B, V> B option(String key, @Nullable V value, B before, BiFunction<B, V, B> change) {
        if (value == null) {
            return before;
        }
        try {
            return change.apply(before, value);
        } catch (IllegalArgumentException e) {
            throw refusal(key, value, String.valueOf(e.getMessage()));
        }
    }

    private InvalidConfigurationPropertyValueException refusal(String key, @Nullable Object value, String reason) {
        return new InvalidConfigurationPropertyValueException("pando.pools." + name + "." + key, value, reason);
    }
}
