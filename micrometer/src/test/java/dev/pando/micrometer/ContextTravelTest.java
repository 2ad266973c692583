package dev.pando.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.local.Threads;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import io.micrometer.context.ContextRegistry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the submitting thread has of a trace and of a context is there in the task, on a thread or in a process. */
@Tag("processes")
class ContextTravelTest {
    private static final ThreadLocal<Object> UNSENDABLE = new ThreadLocal<>();

    /** The SDK of this JVM: the test's, and in a worker the worker's own. */
    private static final class Tracing {
        static final InMemorySpanExporter EXPORTER = InMemorySpanExporter.create();
        static final Tracer TRACER = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(EXPORTER))
                .build()
                .get("test");
    }

    private static Pool open(Backend backend) {
        return Pool.with(backend)
                .carry(TraceContext.carrier())
                .carry(PropagatedContext.carrier())
                .open();
    }

    /** Records a span, and returns the process, and of the span what was exported there: trace, parent, tenant. */
    private static List<String> render() {
        Span span = Tracing.TRACER.spanBuilder("render").startSpan();
        try (Scope _ = span.makeCurrent()) {
            span.setAttribute("tenant", String.valueOf(Baggage.current().getEntryValue("tenant")));
        } finally {
            span.end();
        }
        var exported = Tracing.EXPORTER.getFinishedSpanItems().stream()
                .filter(one -> one.getName().equals("render"))
                .reduce((_, last) -> last)
                .orElseThrow();
        return List.of(
                String.valueOf(ProcessHandle.current().pid()),
                exported.getTraceId(),
                exported.getParentSpanId(),
                String.valueOf(exported.getParentSpanContext().isRemote()),
                String.valueOf(exported.getAttributes().asMap().values()));
    }

    private static void isOneTrace(Backend backend, boolean remote) {
        String here = String.valueOf(ProcessHandle.current().pid());
        try (Pool pool = open(backend)) {
            Span submits = Tracing.TRACER.spanBuilder("submit").startSpan();
            List<String> exported;
            try (Scope _ = submits.makeCurrent();
                    Scope _ = Baggage.builder().put("tenant", "acme").build().makeCurrent()) {
                exported = pool.submit(() -> render()).result();
            } finally {
                submits.end();
            }
            assertThat(exported.getFirst().equals(here)).isNotEqualTo(remote);
            assertThat(exported.subList(1, 5))
                    .containsExactly(
                            submits.getSpanContext().getTraceId(),
                            submits.getSpanContext().getSpanId(),
                            String.valueOf(remote),
                            "[acme]");
            assertThat(Tracing.EXPORTER.getFinishedSpanItems())
                    .anySatisfy(span -> assertThat(span.getSpanId())
                            .isEqualTo(submits.getSpanContext().getSpanId()));
            assertThat(pool.submit(() -> Context.current() == Context.root()).result())
                    .as("nothing is left on the worker")
                    .isTrue();
        }
    }

    @Test
    void aSpanInAWorkerProcessBelongsToTheTraceOfTheSubmitter() {
        isOneTrace(Processes.of(1), true);
    }

    @Test
    void soDoesASpanOnAThread() {
        isOneTrace(Threads.of(1), false);
    }

    @Test
    void whatTheLibraryKnowsTravelsAndWhatCannotTravelIsToldOnce() {
        List<LogRecord> told = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                told.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.pando.micrometer");
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        ContextRegistry.getInstance().registerThreadLocalAccessor("unsendable", UNSENDABLE);
        RequestAccessor.REQUEST.set("r-42");
        UNSENDABLE.set(new Object());
        try (Pool threads = open(Threads.of(1));
                Pool processes = open(Processes.of(1))) {
            assertThat(threads.submit(() -> RequestAccessor.REQUEST.get() + (UNSENDABLE.get() != null))
                            .result())
                    .isEqualTo("r-42true");
            assertThat(told).as("on a thread everything travels").isEmpty();
            for (int i = 0; i < 2; i++) {
                assertThat(processes
                                .submit(() -> RequestAccessor.REQUEST.get() + (UNSENDABLE.get() != null))
                                .result())
                        .isEqualTo("r-42false");
            }
            RequestAccessor.REQUEST.remove();
            assertThat(processes
                            .submit(() -> RequestAccessor.REQUEST.get() == null)
                            .result())
                    .as("nothing is left on the worker")
                    .isTrue();
            assertThat(told).hasSize(1);
            assertThat(told.getFirst().getMessage())
                    .contains("unsendable", "java.lang.Object")
                    .doesNotContain("@");
        } finally {
            RequestAccessor.REQUEST.remove();
            UNSENDABLE.remove();
            ContextRegistry.getInstance().removeThreadLocalAccessor("unsendable");
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }
}
