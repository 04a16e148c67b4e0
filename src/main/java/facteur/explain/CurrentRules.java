package facteur.explain;

import facteur.domain.DomainDesk;
import facteur.intake.Decider;
import facteur.office.Roles;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsSource;
import java.util.Optional;

/// What a reload replaces: as it is in force for letters, too. Immutable.
///
/// @param elsewhere where settings and cards are kept, when that isn't the store
/// @param reader judges drafts
/// @param settings that letters are decided by
/// @param desk for claims on domains
public record CurrentRules(
        Optional<String> elsewhere,
        Roles roles,
        OfficeReader reader,
        SettingsSource settings,
        Decider decider,
        Departures departures,
        DomainDesk desk) {}
