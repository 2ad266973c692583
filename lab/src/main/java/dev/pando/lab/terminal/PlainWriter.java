package dev.pando.lab.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;

/**
 * Writes what the charset of the output has, and the nearest plain letters for what it has not, in as many columns: a
 * bar of hashes is a bar, a row of question marks is none.
 */
public final class PlainWriter extends FilterWriter {
    private static final Map<Character, Character> PLAIN = Map.ofEntries(
            Map.entry('█', '#'),
            Map.entry('▉', '#'),
            Map.entry('▊', '#'),
            Map.entry('▋', '#'),
            Map.entry('▌', '|'),
            Map.entry('▍', '|'),
            Map.entry('▎', '|'),
            Map.entry('▏', '|'),
            Map.entry('─', '-'),
            Map.entry('·', '.'),
            Map.entry('…', '~'),
            Map.entry('µ', 'u'),
            Map.entry('×', 'x'),
            Map.entry('–', '-'),
            Map.entry('—', '-'),
            Map.entry('’', '\''),
            Map.entry('“', '"'),
            Map.entry('”', '"'));

    private final CharsetEncoder encoder;

    public PlainWriter(Writer out, Charset charset) {
        super(out);
        this.encoder = charset.newEncoder();
    }

    @Override
    public void write(int c) throws IOException {
        out.write(plain(String.valueOf((char) c)));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        out.write(plain(String.valueOf(text, from, length)));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(plain(text.substring(from, from + length)));
    }

    private String plain(String text) {
        if (encoder.canEncode(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            String letter = Character.toString(codePoint);
            if (encoder.canEncode(letter)) {
                plain.append(letter);
            } else {
                Character nearest = codePoint > Character.MAX_VALUE ? null : PLAIN.get((char) codePoint);
                plain.append(nearest == null ? "?".repeat(TextWidth.of(codePoint)) : nearest.toString());
            }
        });
        return plain.toString();
    }
}
