package dev.pando.lab.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KoreanParticleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        스레드          | 스레드는
        락              | 락은
        풀              | 풀은
        2               | 2는
        3               | 3은
        10              | 10은
        1 000           | 1 000은
        5 000 050 000   | 5 000 050 000은
        0               | 0은
        1.50            | 1.50은
        2.24            | 2.24는
        1 ms            | 1 ms는
        26.0 µs         | 26.0 µs는
        12 MB           | 12 MB는
        50 %            | 50 %는
        2.00배          | 2.00배는
        JVM             | JVM은
        HTTP            | HTTP는
        URL             | URL은
        CPython         | CPython은
        lock            | lock은
        map             | map은
        worker          | worker는
        pool            | pool은
        thread          | thread는
        `result`        | `result`는
        (워커)          | (워커)는
        true            | true는
        """)
    void theTopicFollowsTheSound(String word, String said) {
        assertThat(KoreanParticle.chosen(word + "{은/는}")).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"스레드,스레드로", "풀,풀로", "락,락으로", "1,1로", "3,3으로", "7,7로", "6,6으로", "SIGKILL,SIGKILL로", "42,42로"})
    void afterAnLTheWayIsShort(String word, String said) {
        assertThat(KoreanParticle.chosen(word + "{으로/로}")).isEqualTo(said);
    }

    @Test
    void eachPlaceIsChosenByItsOwnWord() {
        assertThat(KoreanParticle.chosen("락{이/가} 워커{을/를} 풀{과/와} 함께, 워커{과/와} 락{이었/였}고 워커{이었/였}습니다"))
                .isEqualTo("락이 워커를 풀과 함께, 워커와 락이었고 워커였습니다");
    }

    @Test
    void whatIsNoParticleStays() {
        assertThat(KoreanParticle.chosen("작업 {a/b}, {하나/둘}")).isEqualTo("작업 {a/b}, {하나/둘}");
    }
}
