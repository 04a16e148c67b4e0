package facteur.platform.log;

import facteur.platform.config.Section;
import org.slf4j.event.Level;

/// The sections `log` and `journal`. Immutable.
///
/// @param level of what is told of the daemon itself; events are written whatever it is
public record LogSettings(LineFormat format, Level level, Priorities priorities, Addresses addresses) {
    public static LogSettings from(Section log, Section journal) {
        return new LogSettings(
                log.choice("format", LineFormat.LOGFMT),
                log.choice("level", Level.INFO),
                log.choice("priorities", Priorities.AUTO),
                journal.choice("addresses", Addresses.FULL));
    }
}
