package dev.pando.lab.language;

import java.util.Collection;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The messages of one language. A key begins with the name of its file: {@code sum.expected} stands in {@code
 * sum.properties} as {@code expected}. A message that a language lacks is that of the English file.
 */
public record MessageBook(LabLanguage language) {
    public static final MessageBook ENGLISH = new MessageBook(LabLanguage.ENGLISH);

    private static final String FOLDER = "dev.pando.lab.language.";
    private static final String LABELS = "labels";

    /** How many times, as amounts print it. */
    private static final Pattern TIMES = Pattern.compile("([0-9])x(?![A-Za-z])");

    /**
     * Returns the message with these values in its places. A text among the values is taken for a label, several for a
     * list.
     *
     * @throws MissingResourceException there is no such message, in no language
     */
    public String text(String key, Object... values) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            throw new MissingResourceException("a key has a file and a name", FOLDER, key);
        }
        String message = file(key.substring(0, dot)).getString(key.substring(dot + 1));
        Object[] said = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            said[i] = said(values[i]);
        }
        String text = String.format(Locale.ROOT, message, said);
        return language == LabLanguage.KOREAN
                ? KoreanParticle.chosen(TIMES.matcher(text).replaceAll("$1배"))
                : text;
    }

    private Object said(Object value) {
        return switch (value) {
            case WordedValue worded -> worded.in(this);
            case String label -> label(label);
            case Collection<?> all ->
                all.stream().map(one -> String.valueOf(said(one))).collect(Collectors.joining(", "));
            default -> value;
        };
    }

    /** Returns whether the text is the key of a message. */
    public boolean has(String key) {
        int dot = key.indexOf('.');
        try {
            return dot > 0 && file(key.substring(0, dot)).containsKey(key.substring(dot + 1));
        } catch (MissingResourceException none) {
            return false;
        }
    }

    /** Returns a label, found by what it says in English; as it is, if that is no label: a number, a name of a file. */
    public String label(String english) {
        if (language == LabLanguage.ENGLISH) {
            return english;
        }
        String key = keyOf(english);
        ResourceBundle labels = file(LABELS);
        if (key.isEmpty() || !labels.containsKey(key)) {
            return english;
        }
        // The name of a pool has hyphens for spaces. The name of a method only looks like a label: result().
        String label = ENGLISH.file(LABELS).getString(key);
        return label.replace('-', ' ').equalsIgnoreCase(english.replace('-', ' ')) ? labels.getString(key) : english;
    }

    /** Returns the key of a label: its letters and digits, and what stands between as hyphens. */
    static String keyOf(String english) {
        return english.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private ResourceBundle file(String name) {
        return ResourceBundle.getBundle(FOLDER + name, language.files(), MessageBook.class.getClassLoader());
    }
}
