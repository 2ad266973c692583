package dev.pando.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTimeoutsTest {

    @Test
    void durationsAreANumberAndAUnit() {
        assertThat(TestTimeouts.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(TestTimeouts.parse(" 2 s ")).isEqualTo(Duration.ofSeconds(2));
        assertThat(TestTimeouts.parse("1m")).isEqualTo(Duration.ofMinutes(1));
        assertThat(TestTimeouts.parse("3h")).isEqualTo(Duration.ofHours(3));
        assertThat(TestTimeouts.parse("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1s", "2", "s", "1.5s", "2 days", "99999999999s"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> TestTimeouts.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("\"500ms\"");
    }
}
