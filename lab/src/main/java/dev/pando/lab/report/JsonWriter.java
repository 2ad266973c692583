package dev.pando.lab.report;

import dev.pando.lab.result.MeasuredAmount;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, words and numbers as JSON. Escapes {@code <} and {@code >}, so that the result is safe inside a
 * page too.
 */
public final class JsonWriter {
    private JsonWriter() {}

    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> {
                StringJoiner members = new StringJoiner(",", "{", "}");
                map.forEach((key, member) -> members.add(quoted(String.valueOf(key)) + ":" + of(member)));
                yield members.toString();
            }
            case Collection<?> all -> {
                StringJoiner elements = new StringJoiner(",", "[", "]");
                all.forEach(element -> elements.add(of(element)));
                yield elements.toString();
            }
            case MeasuredAmount measuredAmount ->
                "{\"value\":" + number(measuredAmount.value()) + ",\"unit\":"
                        + quoted(measuredAmount.unit().name().toLowerCase(Locale.ROOT)) + "}";
            case Double number -> number(number);
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> quoted(value.toString());
        };
    }

    /** Writes null for NaN and infinities, which JSON cannot express. */
    private static String number(double number) {
        if (!Double.isFinite(number)) {
            return "null";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
