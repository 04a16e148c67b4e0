package facteur.store;

import facteur.mail.smtp.Address;
import facteur.office.Roles;
import facteur.platform.database.Database;
import facteur.settings.SettingsSource;
import facteur.settings.SourceSettings;
import java.time.InstantSource;

/// Makes the source that the configuration names, be it the store or elsewhere. Stateless.
public final class SettingsSources {
    private SettingsSources() {}

    /// @param database of the spool; stays open when the source is closed
    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param roles that replies may go to
    public static SettingsSource open(
            SourceSettings settings, Database database, Address sharedAddress, Roles roles, InstantSource time) {
        return switch (settings) {
            case SourceSettings.Elsewhere elsewhere -> elsewhere.open(sharedAddress, roles, time);
            case SourceSettings.InStore _ -> new StoreSource(database, sharedAddress, roles, time);
        };
    }
}
