package facteur.explain;

import facteur.domain.DomainDesk;
import facteur.intake.Decider;
import facteur.mail.automatic.Language;
import facteur.office.Roles;
import facteur.returns.ReturnSettings;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsSource;
import java.util.Optional;

/// What a reload replaces: as it is in force for letters, too. Immutable.
///
/// @param elsewhere where settings and cards are kept, when that isn't the store
/// @param reader judges drafts
/// @param settings that letters are decided by
/// @param desk for claims on domains
/// @param returns what is done with what comes back, where an office says nothing; empty when letters leave with no return address
/// @param language of notices, where an office says nothing
public record CurrentRules(
        Optional<String> elsewhere,
        Roles roles,
        OfficeReader reader,
        SettingsSource settings,
        Decider decider,
        Departures departures,
        DomainDesk desk,
        Optional<ReturnSettings> returns,
        Language language) {}
