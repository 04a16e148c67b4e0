package facteur.platform.log;

import facteur.platform.config.Section;
import org.slf4j.event.Level;

/// The sections `log` and `journal`. Immutable.
///
/// @param level of lines about the daemon itself; events are always written
public record LogSettings(LineFormat format, Level level, Priorities priorities, Addresses addresses) {
    public static LogSettings from(Section log, Section journal) {
        return new LogSettings(
                log.choice("format", LineFormat.LOGFMT),
                log.choice("level", Level.INFO),
                log.choice("priorities", Priorities.AUTO),
                journal.choice("addresses", Addresses.FULL));
    }
}
