package facteur.cli;

import facteur.message.Header;
import facteur.smtp.HeaderEncoding;
import java.util.Optional;

/// What `facteur explain` is asked.
///
/// @param office empty = what the header says, or else the first app's default
/// @param header of the letter, or one made of the options
/// @param encoding what the header may hold: UTF8 for a letter with SMTPUTF8 and an upstream that takes it
public record Inquiry(Optional<String> office, Header header, HeaderEncoding encoding) {}
