package facteur.mail.mime;

import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import java.io.IOException;
import java.nio.file.Files;

/// What came of making a letter 7-bit.
public sealed interface Conversion {
    /// @param message another letter, with a body of its own
    record Converted(Message message) implements Conversion {
        /// Deletes the body's file, if it has one. The letter is not to be used any more.
        public void discard() {
            switch (message.body()) {
                case MemoryBody ignored -> {}
                case FileBody(var file, var ignored) -> {
                    try {
                        Files.deleteIfExists(file);
                    } catch (IOException left) {
                        // The sweep at the next start takes it.
                    }
                }
            }
        }
    }

    /// No part holds an 8-bit octet. Headers may, those of parts and of attached letters too: they stay as they are.
    record Unchanged() implements Conversion {}

    /// It can't be done without damage.
    ///
    /// @param why a clause: `a signed part holds 8-bit octets`
    record Unfit(String why) implements Conversion {}
}
