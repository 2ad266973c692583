package dev.pando.lab.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The languages that the lab speaks. */
public enum LabLanguage {
    ENGLISH("en", Locale.ROOT),
    KOREAN("ko", Locale.KOREAN);

    private final String code;
    private final Locale files;

    LabLanguage(String code, Locale files) {
        this.code = code;
        this.files = files;
    }

    /** Returns the code on the command line, and in the page. */
    public String code() {
        return code;
    }

    /** Returns whose message files are read. */
    Locale files() {
        return files;
    }

    /** Returns the language of this locale, or English where the lab does not speak it. */
    public static LabLanguage of(Locale locale) {
        return named(locale.getLanguage()).orElse(ENGLISH);
    }

    /**
     * Returns the language that the environment names, as programs of the system read it, or else that of the locale. A
     * JVM takes over only a locale that is installed, which in a container it hardly ever is.
     */
    public static LabLanguage of(Map<String, String> environment, Locale locale) {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .flatMap(value -> named(value.replaceFirst("[_.@-].*", "")))
                .orElseGet(() -> of(locale));
    }

    /** Returns the language of this code; empty if the lab does not speak it. */
    public static Optional<LabLanguage> named(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /**
     * Returns the language that the user has asked for, or without that the one of the environment; empty if the lab
     * does not speak it, as {@link #refusal} says.
     */
    public static Optional<LabLanguage> chosen(@Nullable String asked) {
        return asked == null ? Optional.of(of(System.getenv(), Locale.getDefault())) : named(asked);
    }

    /** Returns what to tell a user who has asked for a language that the lab does not speak. */
    public static String refusal(@Nullable String asked) {
        return "the lab speaks " + String.join(" and ", codes()) + ", and not '" + asked + "'.";
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(LabLanguage::code).toList();
    }
}
