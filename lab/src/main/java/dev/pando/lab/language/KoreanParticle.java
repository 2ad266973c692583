package dev.pando.lab.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Korean particles that depend on the sound before them. A message has both, as in {@code %s{은/는}}; once its values
 * are in place, the sound of the last one decides. Numbers, units and Latin words are taken as they are read aloud in
 * Korean. An unknown Latin word is judged by its last letters, as most are pronounced.
 */
enum KoreanParticle {
    TOPIC("은", "는"),
    SUBJECT("이", "가"),
    OBJECT("을", "를"),
    AND("과", "와"),
    BY("으로", "로"),
    COPULA("이라", "라"),
    COPULA_PAST("이었", "였");

    /** How the last sound of a word ends. */
    private enum Sound {
        VOWEL,
        L,
        CONSONANT
    }

    private static final Pattern PLACE = Pattern.compile("\\{([가-힣]+)/([가-힣]+)}");
    private static final Pattern LAST = Pattern.compile("([A-Za-zµ/%]+|[0-9]|[가-힣])[^A-Za-zµ/%0-9가-힣]*$");

    private static final Set<String> UNITS =
            Set.of("ns", "µs", "us", "ms", "s", "B", "KB", "MB", "MiB", "GB", "x", "/s", "%");

    /** Words of the lab whose letters say otherwise than their sound. */
    private static final Map<String, Sound> WORDS = Map.of(
            "JVM", Sound.CONSONANT,
            "CPython", Sound.CONSONANT,
            "Pando", Sound.VOWEL,
            "mutex", Sound.VOWEL,
            "novel", Sound.L,
            "file", Sound.L,
            "true", Sound.VOWEL,
            "false", Sound.VOWEL,
            "name", Sound.CONSONANT,
            "time", Sound.CONSONANT);

    private final String afterConsonant;
    private final String afterVowel;

    KoreanParticle(String afterConsonant, String afterVowel) {
        this.afterConsonant = afterConsonant;
        this.afterVowel = afterVowel;
    }

    /** Returns the text with one of the two in each place. */
    static String chosen(String text) {
        Matcher place = PLACE.matcher(text);
        StringBuilder chosen = new StringBuilder();
        int end = 0;
        while (place.find()) {
            chosen.append(text, end, place.start());
            String whole = place.group();
            Optional<KoreanParticle> particle = Arrays.stream(values())
                    .filter(one -> whole.equals("{" + one.afterConsonant + "/" + one.afterVowel + "}"))
                    .findFirst();
            chosen.append(particle.isEmpty() ? whole : particle.get().after(chosen));
            end = place.end();
        }
        return chosen.append(text, end, text.length()).toString();
    }

    private String after(CharSequence before) {
        return switch (sound(before)) {
            case VOWEL -> afterVowel;
            case L -> this == BY ? afterVowel : afterConsonant;
            case CONSONANT -> afterConsonant;
        };
    }

    /** Closing quotes, brackets and marks are silent. */
    private static Sound sound(CharSequence before) {
        Matcher last = LAST.matcher(before);
        if (!last.find()) {
            return Sound.VOWEL;
        }
        String word = last.group(1);
        char letter = word.charAt(word.length() - 1);
        if (letter >= '가' && letter <= '힣') {
            int coda = (letter - '가') % 28;
            return coda == 0 ? Sound.VOWEL : coda == 8 ? Sound.L : Sound.CONSONANT;
        }
        return Character.isDigit(letter) ? number(before.toString(), last.start()) : latin(word);
    }

    /** The last digit is read, or after zeros what they are called: ten, hundred, thousand, ten thousand. */
    private static Sound number(String text, int at) {
        Matcher digits = Pattern.compile("[0-9][0-9 ,.]*$").matcher(text.substring(0, at + 1));
        String number = digits.find() ? digits.group().replaceAll("[ ,]", "") : text.substring(at, at + 1);
        char last = number.charAt(number.length() - 1);
        if (last != '0' || number.contains(".") || number.matches("0+")) {
            return switch (last) { // 영 일 이 삼 사 오 육 칠 팔 구
                case '2', '4', '5', '9' -> Sound.VOWEL;
                case '1', '7', '8' -> Sound.L;
                default -> Sound.CONSONANT;
            };
        }
        int zeros = number.length() - number.replaceAll("0+$", "").length();
        return zeros >= 12 && zeros < 16 ? Sound.VOWEL : Sound.CONSONANT; // 조 has no coda; 십, 백, 천, 만, 억, 경 have
    }

    private static Sound latin(String word) {
        Sound known = WORDS.get(word);
        if (known != null) {
            return known;
        }
        char last = word.charAt(word.length() - 1);
        if (UNITS.contains(word)) {
            return Sound.VOWEL; // 초, 바이트, 배, 퍼센트
        }
        if (word.equals(word.toUpperCase(Locale.ROOT))) { // read letter by letter: 엘, 엠, 엔, 알
            return last == 'L' || last == 'R' ? Sound.L : last == 'M' || last == 'N' ? Sound.CONSONANT : Sound.VOWEL;
        }
        if (last == 'l' || word.endsWith("le")) {
            return Sound.L;
        }
        boolean nasal = last == 'm' || last == 'n' || word.endsWith("ng");
        return nasal || isShort(word) ? Sound.CONSONANT : Sound.VOWEL;
    }

    /** A stop after a short vowel closes its syllable: lock, map, set. */
    private static boolean isShort(String word) {
        return word.matches("(?i).*(?:[^aeiou]|^)[aeiou](?:ck|[kpt])");
    }
}
