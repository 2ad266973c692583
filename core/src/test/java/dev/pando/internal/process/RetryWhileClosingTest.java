package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool that closes must still run the accepted tasks, retries included. */
@Tag("processes")
class RetryWhileClosingTest {
    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    /** Does what the listener at this port tells it: dies, or returns the number. */
    private static Task<Integer> obey(int port) {
        return () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                int told = socket.getInputStream().read();
                if (told == 0) {
                    Runtime.getRuntime().halt(1);
                }
                return told;
            }
        };
    }

    private static void tell(ServerSocket door, int what) throws Exception {
        try (Socket socket = door.accept()) {
            socket.getOutputStream().write(what);
            socket.getInputStream().read(); // until the task closes its end
        }
    }

    @Test
    void aTaskThatLosesItsWorkerWhileThePoolClosesIsTriedAgain() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Pool pool = hostile.pool();
            TaskFuture<Integer> future = pool.retries(2).submit(obey(door.getLocalPort()));
            Socket first = door.accept();
            pool.shutdown(); // the queue is empty, so the pool looks finished
            try (first) {
                first.getOutputStream().write(0);
            }
            tell(door, 0);
            tell(door, 7);
            assertThat(future.result()).isEqualTo(7);
            assertThat(future.info().attempts()).isEqualTo(3);
            assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
