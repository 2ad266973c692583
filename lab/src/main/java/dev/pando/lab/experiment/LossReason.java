package dev.pando.lab.experiment;

import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import dev.pando.lab.language.LabLanguage;
import dev.pando.lab.language.MessageBook;
import dev.pando.lab.language.WordedValue;
import dev.pando.lab.result.MeasuredAmount;

/** Why a task has no result, in words of the lab's: those of the library are English. */
final class LossReason {
    /** What the library says of a worker that held more than it may. */
    private static final String TOO_MUCH = "of memory, more than";

    private LossReason() {}

    /** Returns this reason of the library's in words of the lab's. */
    static String of(MessageBook messages, String reason) {
        if (messages.language() == LabLanguage.ENGLISH) {
            return reason;
        }
        if (reason.contains(TOO_MUCH)) {
            return messages.text("common.reason.too-much");
        }
        return messages.text(reason.contains("System.exit") ? "common.reason.exit-called" : "common.reason.gone");
    }

    static WordedValue of(Throwable error) {
        return messages -> switch (error) {
            case WorkerLostException lost -> lost(messages, lost.loss());
            case TaskTimeoutException late
            when late.stuckAt().length > 0 -> messages.text("common.reason.stuck", late.stuckAt()[0].getMethodName());
            case TaskTimeoutException _ -> messages.text("common.reason.late");
            default -> error.getClass().getSimpleName();
        };
    }

    private static String lost(MessageBook messages, WorkerLoss loss) {
        if (loss.reason().contains(TOO_MUCH)) {
            return loss.residentBytes().isPresent()
                    ? messages.text(
                            "common.reason.memory",
                            MeasuredAmount.bytes(loss.residentBytes().getAsLong()))
                    : messages.text("common.reason.too-much");
        }
        if (loss.exitCode().isPresent() && loss.signal().isEmpty()) {
            return messages.text("common.reason.exit", loss.exitCode().getAsInt());
        }
        return loss.signal()
                .map(signal -> messages.text("common.reason.signal", signal))
                .orElseGet(() -> messages.text("common.reason.gone"));
    }
}
