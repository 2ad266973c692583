package dev.pando.lab;

import java.nio.charset.Charset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a charset: {@code UTF-8}, {@code EUC-KR}, {@code windows-1252}. */
final class CharsetConverter implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String typed) {
        try {
            Charset charset = Charset.forName(typed);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalArgumentException unknown) {
            // Falls through to the message.
        }
        throw new TypeConversionException("'" + typed + "' is no charset of this Java: take UTF-8, EUC-KR, ISO-8859-1");
    }
}
