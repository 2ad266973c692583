package dev.pando.cluster.internal.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jgroups.protocols.TCP;
import org.junit.jupiter.api.Test;

class ProtocolStackPlanTest {

    /** Two tasks that went to a node at once began 40 ms apart. */
    @Test
    void aSmallLetterDoesNotWaitForTheReceiptOfTheOneBefore() throws Exception {
        FabricOptions options = new FabricOptions(
                "alpha",
                new FabricOptions.Seeds(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7400))),
                null,
                0,
                null,
                FabricOptions.JOIN_TIMEOUT,
                FabricOptions.SILENCE);

        assertThat(ProtocolStackPlan.of(options, false).protocols())
                .filteredOn(TCP.class::isInstance)
                .singleElement()
                .satisfies(tcp -> assertThat(((TCP) tcp).tcpNodelay()).isTrue());
    }
}
