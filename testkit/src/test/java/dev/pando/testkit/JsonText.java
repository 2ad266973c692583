package dev.pando.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as maps, lists, texts, numbers, booleans and null, and refuses what is none. */
final class JsonText {
    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    static Object read(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value();
        json.blanks();
        if (json.at != text.length()) {
            throw new AssertionError("something follows at " + json.at);
        }
        return value;
    }

    private Object value() {
        blanks();
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        for (boolean first = true; !isNext('}'); first = false) {
            if (!first) {
                expect(',');
            }
            blanks();
            String name = string();
            expect(':');
            if (object.put(name, value()) != null) {
                throw new AssertionError("twice: " + name);
            }
        }
        at++;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        at++;
        for (boolean first = true; !isNext(']'); first = false) {
            if (!first) {
                expect(',');
            }
            array.add(value());
        }
        at++;
        return array;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (text.charAt(at) != '"') {
            char here = text.charAt(at++);
            if (here < ' ') {
                throw new AssertionError("a control character at " + at);
            }
            string.append(here == '\\' ? escaped() : here);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char kind = text.charAt(at++);
        if (kind == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int known = "\"\\/bfnrt".indexOf(kind);
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private Object word() {
        int from = at;
        while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> Double.valueOf(word);
        };
    }

    private boolean isNext(char wanted) {
        blanks();
        return text.charAt(at) == wanted;
    }

    private void expect(char wanted) {
        if (!isNext(wanted)) {
            throw new AssertionError("no " + wanted + " at " + at);
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
