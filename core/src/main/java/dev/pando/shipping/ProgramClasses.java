package dev.pando.shipping;

import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.process.classes.ClassAccount;
import dev.pando.internal.process.classes.ClassServer;
import dev.pando.internal.process.wire.Message;

/** The class loaders of this program, by number, and its class files, for other machines. Any thread may ask. */
public final class ProgramClasses {
    private final ClassServer server = new ClassServer();

    /** Serves the classes of this program. */
    public ProgramClasses() {}

    LoaderNumbers numbers() {
        return server;
    }

    /** Returns what keeps account of one machine: which class files it was sent. */
    public Receiver receiver() {
        return new Receiver();
    }

    /** One machine that asks. Its questions are answered by one thread at a time. */
    public final class Receiver {
        private final ClassAccount account = new ClassAccount();

        private Receiver() {}

        /** Returns the class of this name, as the loader of this number sees it. Loads the class if need be. */
        public ShippedClass find(int loader, String type) {
            Message.Code code = server.answerElsewhere(new Message.Wanted(0, loader, type), account);
            int definer = code.loader() == Message.Code.NO_LOADER ? ShippedClass.NOWHERE : code.loader();
            return new ShippedClass(definer, code.digest(), code.bytes());
        }
    }
}
