package facteur.platform.log;

import ch.qos.logback.classic.spi.IThrowableProxy;

/// A stack in few lines: of each cause the innermost frames, so that the first cause has room, too.
final class StackText {
    private static final int MOST_FRAMES = 20;
    private static final int MOST_CAUSES = 5;

    private StackText() {}

    static String of(IThrowableProxy thrown) {
        var text = new StringBuilder();
        var cause = thrown;
        for (var depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            text.append(depth == 0 ? "" : "\nCaused by: ").append(cause.getClassName()).append(": ").append(cause.getMessage());
            var frames = cause.getStackTraceElementProxyArray();
            var own = frames.length - cause.getCommonFrames();
            for (var i = 0; i < Math.min(own, MOST_FRAMES); i++) {
                text.append("\n\t").append(frames[i].getSTEAsString());
            }
            if (own < frames.length || own > MOST_FRAMES) {
                text.append("\n\t… ").append(frames.length - Math.min(own, MOST_FRAMES)).append(" more");
            }
        }
        return text.toString();
    }
}
