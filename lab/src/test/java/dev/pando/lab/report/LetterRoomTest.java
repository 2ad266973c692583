package dev.pando.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LetterRoomTest {

    @Test
    void hangulIsWiderThanLatin() {
        assertThat(LetterRoom.of("abc")).isEqualTo(21);
        assertThat(LetterRoom.of("스레드")).isEqualTo(36);
        assertThat(LetterRoom.of("스레드-1")).isEqualTo(50);
    }

    @Test
    void whatIsCutOffLeavesTheEnd() {
        assertThat(LetterRoom.end("threads-1", 63)).isEqualTo("threads-1");
        assertThat(LetterRoom.end("threads-1", 62)).isEqualTo("…reads-1");
        assertThat(LetterRoom.end("비동기, 논블로킹-12", 60)).isEqualTo("…로킹-12");
    }
}
