package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

/** What is typed in jshell runs on nodes. */
class ShellCodeTest {

    private static String type(JShell shell, String snippet) {
        String value = "";
        for (SnippetEvent event : shell.eval(snippet)) {
            assertThat(event.status())
                    .as(snippet + shell.diagnostics(event.snippet()).toList())
                    .isIn(Snippet.Status.VALID, Snippet.Status.OVERWRITTEN);
            assertThat(event.exception()).as(snippet).isNull();
            value = event.value() == null ? value : event.value();
        }
        return value;
    }

    @Test
    void whatIsTypedInAShellRunsOnANodeAlsoAfterItWasTypedAnew() {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            type(shell, "import dev.pando.*;");
            type(shell, "import dev.pando.cluster.Cluster;");
            type(shell, "import dev.pando.local.Threads;");
            type(shell, "record Order(String name, int amount) implements java.io.Serializable {}");
            type(shell, "int price(Order order) { return 2 * order.amount(); }");
            type(shell, "Pool pool = Pool.open(Cluster.local(Threads.of(1)));");
            try {
                String task = "pool.submit(() -> new Order(\"paid\", price(new Order(\"tea\", 21)))).result()";
                assertThat(type(shell, task)).isEqualTo("Order[name=paid, amount=42]");
                type(shell, "int price(Order order) { return 3 * order.amount(); }");
                assertThat(type(shell, task)).isEqualTo("Order[name=paid, amount=63]");
            } finally {
                type(shell, "pool.close();");
            }
        }
    }
}
