package dev.pando.cluster.internal.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A message that cannot be handled is told of, and those behind it still come. */
@Timeout(60)
class FailedMessageTest {
    private static final byte FAILS = 1;

    private final Logger logger = Logger.getLogger("dev.pando.cluster");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Byte> heard = new LinkedBlockingQueue<>();

    private final Handler keeps = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** As a node does whose jars were built again while it ran. */
    private final class Receiver implements NodeFabric.Listener {
        @Override
        public void members(List<FabricMember> now) {}

        @Override
        public void received(FabricMember from, byte[] message) {
            if (message[0] == FAILS) {
                throw new NoClassDefFoundError("dev/pando/cluster/internal/wire/LetterBundle");
            }
            heard.add(message[0]);
        }
    }

    @BeforeEach
    void listen() {
        logger.addHandler(keeps);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(keeps);
        logger.setUseParentHandlers(true);
    }

    @Test
    void whatFailsIsToldAndTheNextMessageComes() throws Exception {
        FabricOptions options = new FabricOptions(
                "one",
                new FabricOptions.Inside("failed-" + UUID.randomUUID()),
                null,
                0,
                null,
                FabricOptions.JOIN_TIMEOUT,
                FabricOptions.SILENCE);
        try (NodeFabric one = GroupsFabric.join(options, true, new Receiver());
                NodeFabric two = GroupsFabric.join(options.named("two"), false, new Receiver())) {
            two.send(one.self(), new byte[] {FAILS});
            two.send(one.self(), new byte[] {2});

            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo((byte) 2);
        }
        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(record.getMessage())
                        .contains("two", "could not be handled", "NoClassDefFoundError", "LetterBundle"));
    }
}
