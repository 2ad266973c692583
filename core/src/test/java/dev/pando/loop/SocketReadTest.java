package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.TaskFailedException;
import dev.pando.internal.loop.LoopLeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a socket when the time of a read in {@code Loop.await} is up, as the page of the loop says. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class SocketReadTest {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aTimeoutAroundAReadClosesTheSocket() throws IOException {
        try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            Loop.run(() -> assertThatThrownBy(() -> Loop.timeout(
                            MOMENT,
                            () -> Loop.await(() -> {
                                var _ = socket.getInputStream().read();
                            })))
                    .isInstanceOf(DeadlineExceededException.class));
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void soItDoesWithAChannel() throws IOException {
        InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        try (SocketChannel channel = SocketChannel.open(address)) {
            Loop.run(() -> assertThatThrownBy(() -> Loop.timeout(
                            MOMENT,
                            () -> Loop.await(() -> {
                                var _ = channel.read(ByteBuffer.allocate(1));
                            })))
                    .isInstanceOf(DeadlineExceededException.class));
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void theSocketsOwnTimeoutLeavesItOpenAndLosesNothing() throws IOException {
        try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket peer = server.accept()) {
            socket.setSoTimeout((int) MOMENT.toMillis());
            Loop.run(() -> {
                assertThatThrownBy(() -> Loop.<Integer>await(
                                () -> socket.getInputStream().read()))
                        .isInstanceOf(TaskFailedException.class)
                        .hasCauseInstanceOf(SocketTimeoutException.class);
                socket.setSoTimeout(0);
                peer.getOutputStream().write(7);
                assertThat(Loop.<Integer>await(() -> socket.getInputStream().read()))
                        .isEqualTo(7);
            });
        }
    }
}
