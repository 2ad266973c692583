package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One worker at a time listens for a debugger. */
@Timeout(120)
class DebuggedWorkerTest {
    private static final String HANDSHAKE = "JDWP-Handshake";

    @RegisterExtension
    final Pools pools = new Pools();

    /** Returns a port below those that the system gives out: it could give such a one to a test beside this. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (BindException taken) {
                // another, then
            }
        }
    }

    /** Attaches as a debugger does, and leaves. */
    private static String attach(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(HANDSHAKE.length()), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void theOneWorkerListensAndItsSuccessorToo() throws Exception {
        int port = freePort();
        List<String> printed = new CopyOnWriteArrayList<>();
        Processes workers = Processes.of(1).debug(port).output(Output.to(line -> printed.add(line.text())));
        try (Pool pool = Pool.with(workers).named(pools.name()).open()) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            assertThat(attach(port)).isEqualTo(HANDSHAKE);
            assertThatThrownBy(() -> pool.submit(TestTasks::halt).result()).isInstanceOf(WorkerLostException.class);
            assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
            assertThat(attach(port)).isEqualTo(HANDSHAKE);
        }
        assertThat(printed).as("the debugger's own words").isEmpty();
    }

    @Test
    void otherWorkersOfThePoolLeaveThePortAlone() throws Exception {
        int port = freePort();
        Gate gate = pools.gate();
        Pool pool = pools.open(Pool.with(Processes.of(2).debug(port)).named(pools.name()));
        Gate.Handle handle = gate.handle();
        TaskFuture<Integer> one = pool.submit(() -> {
            handle.await();
            return TestTasks.pid();
        });
        TaskFuture<Integer> two = pool.submit(() -> {
            handle.await();
            return TestTasks.pid();
        });
        gate.awaitArrivals(2);
        assertThat(attach(port)).isEqualTo(HANDSHAKE);
        gate.open();
        assertThat(one.result()).isNotEqualTo(two.result());
    }

    @Test
    void aPortThatIsTakenIsNamedAsTheReason() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Pool pool = Pool.with(
                                Processes.of(1).debug(taken.getLocalPort()).output(Output.discard()))
                        .named(pools.name())
                        .open()) {
            assertThatThrownBy(() -> pool.submit(() -> 1).result())
                    .isInstanceOf(PoolBrokenException.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void whatIsNoPortIsRefused() {
        for (int port : new int[] {-1, 0, 65_536}) {
            assertThatThrownBy(() -> Processes.of(1).debug(port))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port must be from 1 to 65535, not " + port);
        }
    }
}
