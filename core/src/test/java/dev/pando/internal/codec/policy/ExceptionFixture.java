package dev.pando.internal.codec.policy;

import dev.pando.internal.codec.Codec;
import java.io.Serializable;
import java.sql.SQLException;

/** A plain exception of the class path that no task comes from, and the plain types of its fields. */
@SuppressWarnings({"serial", "unused", "OverrideThrowableToString"})
abstract class ExceptionFixture extends ResultFixture {
    private final Codec codec = new Codec();

    @Override
    Codec codec() {
        return codec;
    }

    enum Code {
        BUSY(5),
        LOCKED(6) {
            @Override
            public String toString() {
                return "locked";
            }
        };

        final int number;

        Code(int number) {
            this.number = number;
        }
    }

    /** As the parsers of JavaCC have it. */
    static class Token implements Serializable {
        int line;
        Token next;
    }

    static class DriverException extends SQLException {
        final Code code;
        Token[] tokens = {};
        Object anything;
        transient Thread thread = Thread.currentThread();

        DriverException(String message, Code code) {
            super(message, "42000", 7);
            this.code = code;
        }

        @Override
        public String getMessage() {
            return super.getMessage() + " (" + code + ")";
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return super.fillInStackTrace();
        }
    }
}
