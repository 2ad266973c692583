package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1,1",
        "65536k,67108864",
        "512m,536870912",
        "800M,838860800",
        "1g,1073741824",
        "2T,2199023255552",
        "9223372036854775807,9223372036854775807",
        "8388607t,9223370937343148032",
        "007,7"
    })
    void amounts(String text, long bytes) {
        assertThat(ByteSize.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "0",
                "0g",
                "-1",
                "+1",
                "1.5g",
                "512 m",
                " 1",
                "512mb",
                "0x10",
                "ten",
                "1q",
                "١k",
                "8388608t",
                "9223372036854775808",
                "99999999999999999999999g"
            })
    void notAmounts(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.bytes(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("512m");
    }
}
