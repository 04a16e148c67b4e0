package facteur.settings;

import java.util.Optional;

/// What an office wants for one kind of letter.
///
/// @param from overrides the office's
public record ContextSettings(ContextReplyTo replyTo, Optional<OfficeFrom> from) {}
