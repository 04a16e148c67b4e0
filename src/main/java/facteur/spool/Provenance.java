package facteur.spool;

/// Where a letter came from and by which rules it got its names: the decision, kept for whoever asks later.
///
/// @param app the app that submitted it
/// @param office the office that it was sent for
/// @param context as understood; empty = general
/// @param relation as given, cleaned; empty = none
/// @param sender the employee's address; empty = unknown
/// @param fromRule rule id, design §2.2
/// @param replyToRule rule id, design §2.1
/// @param settingsVersion which version of the office's settings decided
public record Provenance(
        String app,
        String office,
        String context,
        String relation,
        String sender,
        String fromRule,
        String replyToRule,
        String settingsVersion) {}
