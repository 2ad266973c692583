package dev.pando.cluster.internal.wire;

import java.util.List;

/** The first byte of a letter. */
enum LetterTag {
    HELLO,
    RUN,
    STOP,
    CODE,
    BYE,
    WHO,
    WELCOME,
    REFUSED,
    SLOTS,
    STUCK,
    ANSWER,
    LOST,
    RETURNED,
    WANTED,
    STATUS,
    PROGRESS,
    CALL,
    WITHDRAW,
    REPLY,
    RECALL,
    RECALLED,
    LOCATE,
    LOCATED;

    /** The place in here is the byte. A change of the order is a change of the protocol. */
    static final List<LetterTag> ALL = List.of(values());

    int code() {
        return ALL.indexOf(this);
    }

    static LetterTag of(NodeMessage message) {
        return switch (message) {
            case NodeMessage.Hello _ -> HELLO;
            case NodeMessage.Run _ -> RUN;
            case NodeMessage.Stop _ -> STOP;
            case NodeMessage.Code _ -> CODE;
            case NodeMessage.Bye _ -> BYE;
            case NodeMessage.Who _ -> WHO;
            case NodeMessage.Welcome _ -> WELCOME;
            case NodeMessage.Refused _ -> REFUSED;
            case NodeMessage.Slots _ -> SLOTS;
            case NodeMessage.Stuck _ -> STUCK;
            case NodeMessage.Answer _ -> ANSWER;
            case NodeMessage.Lost _ -> LOST;
            case NodeMessage.Returned _ -> RETURNED;
            case NodeMessage.Wanted _ -> WANTED;
            case NodeMessage.Status _ -> STATUS;
            case NodeMessage.Progress _ -> PROGRESS;
            case NodeMessage.Call _ -> CALL;
            case NodeMessage.Withdraw _ -> WITHDRAW;
            case NodeMessage.Reply _ -> REPLY;
            case NodeMessage.Recall _ -> RECALL;
            case NodeMessage.Recalled _ -> RECALLED;
            case NodeMessage.Locate _ -> LOCATE;
            case NodeMessage.Located _ -> LOCATED;
        };
    }
}
