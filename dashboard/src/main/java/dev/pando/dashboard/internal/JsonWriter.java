package dev.pando.dashboard.internal;

/**
 * Writes JSON into a text. Also escapes what would end a script or a tag, so that the text is harmless wherever it is
 * put. One thread uses one.
 */
final class JsonWriter {
    private final StringBuilder text = new StringBuilder(1024);
    private boolean needsComma;

    JsonWriter open(char bracket) {
        separate();
        text.append(bracket);
        needsComma = false;
        return this;
    }

    JsonWriter close(char bracket) {
        text.append(bracket);
        needsComma = true;
        return this;
    }

    JsonWriter name(String name) {
        value(name);
        text.append(':');
        needsComma = false;
        return this;
    }

    JsonWriter value(String value) {
        separate();
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            append(value.charAt(i));
        }
        text.append('"');
        return this;
    }

    JsonWriter value(long value) {
        separate();
        text.append(value);
        return this;
    }

    JsonWriter field(String name, String value) {
        return name(name).value(value);
    }

    /** @param value a finite number */
    JsonWriter field(String name, double value) {
        name(name).separate();
        text.append(value);
        return this;
    }

    JsonWriter field(String name, long value) {
        return name(name).value(value);
    }

    private void separate() {
        if (needsComma) {
            text.append(',');
        }
        needsComma = true;
    }

    /** Escapes half a pair of surrogates too, because no charset can encode it. */
    private void append(char letter) {
        switch (letter) {
            case '"', '\\' -> text.append('\\').append(letter);
            case '\n' -> text.append("\\n");
            default -> {
                boolean ascii = letter >= ' ' && letter < 127 && letter != '<' && letter != '>' && letter != '&';
                if (ascii || (letter > 160 && letter < 0x2000)) {
                    text.append(letter);
                } else {
                    text.append(String.format("\\u%04x", (int) letter));
                }
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
