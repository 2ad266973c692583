package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.spi.NodeFacts;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What one node has said of itself, which only a tool asks. One question at a time is on its way to a node, and a node
 * that does not answer is waited for once.
 */
final class NodeSurvey {
    private static final long PATIENCE_MILLIS = 500;

    /** What was said so long ago is asked again. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    @GuardedBy("this")
    private @Nullable CompletableFuture<Boolean> asked;

    @GuardedBy("this")
    private NodeMessage.@Nullable Status last;

    @GuardedBy("this")
    private long lastNanos;

    /** Returns what is known of these nodes, ordered by name. */
    static List<NodeFacts> of(Collection<NodeLink> links) {
        CompletableFuture<?>[] answers =
                links.stream().map(link -> link.survey.answer(link)).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(answers).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            // then of one node less is known
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("an answer comes, or none", e);
        }
        return links.stream()
                .map(link -> link.survey.facts(link))
                .sorted(Comparator.comparing(NodeFacts::name))
                .toList();
    }

    /** Asks the node, unless it has just answered, or an earlier question is open. Returns what completes with that. */
    private CompletableFuture<Boolean> answer(NodeLink link) {
        CompletableFuture<Boolean> question;
        synchronized (this) {
            boolean isFresh = last != null && System.nanoTime() - lastNanos < FRESH_NANOS;
            if (isFresh || asked != null) {
                return CompletableFuture.completedFuture(true);
            }
            question = asked = new CompletableFuture<>();
        }
        link.outbox.send(new NodeMessage.Who());
        return question;
    }

    /** The node has answered. */
    void told(NodeMessage.Status status) {
        CompletableFuture<Boolean> question;
        synchronized (this) {
            last = status;
            lastNanos = System.nanoTime();
            question = asked;
            asked = null;
        }
        if (question != null) {
            question.complete(true);
        }
    }

    private synchronized NodeFacts facts(NodeLink link) {
        NodeMessage.Status said = last;
        return new NodeFacts(
                link.name(),
                link.isLeaving(),
                link.workers(),
                link.slots(),
                link.tasks(),
                said == null ? -1 : said.running(),
                said == null ? -1 : said.waiting(),
                said == null ? "" : said.pando() + " on Java " + said.java(),
                said == null ? -1 : said.age() + System.nanoTime() - lastNanos);
    }
}
