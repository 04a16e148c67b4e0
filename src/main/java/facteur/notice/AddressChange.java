package facteur.notice;

import facteur.platform.json.JsonValue;
import facteur.store.Version;
import facteur.store.VersionDetail;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// That a version gave an office another address. Immutable.
///
/// @param before empty when there was none
/// @param after empty when there is none
record AddressChange(Version version, SettingsAddresses.Place place, Optional<String> before, Optional<String> after) {
    /// Those of some versions. The first settings of an office change nothing; settings that come after a removal are compared
    /// with those before it.
    ///
    /// @param base the settings before the versions; empty when there were none
    /// @param versions the oldest first
    static List<AddressChange> of(Optional<JsonValue> base, List<VersionDetail> versions) {
        var changes = new ArrayList<AddressChange>();
        var before = base;
        for (var version : versions) {
            before = version.before().isPresent() ? version.before() : before;
            var after = version.after();
            if (before.isPresent() && after.isPresent()) {
                changes.addAll(between(version.version(), SettingsAddresses.of(before), SettingsAddresses.of(after)));
            }
            before = after.isPresent() ? after : before;
        }
        return changes;
    }

    private static List<AddressChange> between(Version version, SettingsAddresses before, SettingsAddresses after) {
        var places = new LinkedHashSet<>(before.byPlace().sequencedKeySet());
        places.addAll(after.byPlace().sequencedKeySet());
        return places.stream()
                .filter(place -> !before.at(place).equals(after.at(place)))
                .map(place -> new AddressChange(version, place, before.at(place), after.at(place)))
                .toList();
    }
}
