package facteur.returns;

import facteur.spool.ReturnStore;

/// How much may come back of one letter, so that a loop ends: 20 an hour and 100 in all, and a few for each further recipient, since
/// each may have a host that reports on its own.
final class ReturnLimits {
    private static final long IN_AN_HOUR = 20;
    private static final long IN_ALL = 100;
    private static final long OF_RECIPIENT = 4;

    private ReturnLimits() {}

    static boolean isReached(ReturnStore.Answered letter) {
        var others = OF_RECIPIENT * Math.max(0, letter.recipients().size() - 1);
        return letter.cameBackInLastHour() >= IN_AN_HOUR + others || letter.cameBack() >= IN_ALL + others;
    }
}
