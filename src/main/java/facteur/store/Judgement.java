package facteur.store;

import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.platform.config.DataSize;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Problems;
import facteur.platform.database.Statements;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonValue;
import facteur.settings.OddSettings;
import facteur.settings.OfficeDomains;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsCode;
import java.sql.SQLException;
import java.util.List;

/// Settings with what the rules say of them.
///
/// @param text as they would be kept
/// @param settings of use without problems only
record Judgement(String text, OfficeSettings settings, List<Problem> problems, List<Problem> warnings) {
    private static final DataSize LARGEST = DataSize.ofMegabytes(1);

    boolean isGood() {
        return problems.isEmpty();
    }

    /// Also asks whose addresses they name.
    static Judgement of(Statements statements, OfficeReader reader, OfficeDomains domains, OfficeId office, JsonValue json)
            throws SQLException {
        var place = "office " + office;
        var problems = new Problems();
        var text = SettingsText.of(json);
        if (text.length() > LARGEST.bytes()) {
            problems.add(new Problem(place, 0, "", ProblemCode.TEXT_UNREADABLE, "is larger than " + LARGEST));
        }
        var settings = read(reader, office, json, "", place, problems);
        if (problems.isEmpty()) {
            OddSettings.look(settings, domains, (key, code, message) -> problems.warn(new Problem(place, 0, key, code, message)));
            for (var address : OwnAddresses.shared(statements, settings)) {
                problems.warn(new Problem(place, 0, "", SettingsCode.ADDRESS_OTHER_OFFICE, address + " is also another office's"));
            }
        }
        return new Judgement(text, settings, problems.list(), problems.warnings());
    }

    /// Reads them as a letter uses them.
    ///
    /// @param problems with any, the result must not be used
    static OfficeSettings read(
            OfficeReader reader, OfficeId office, JsonValue json, String version, String place, Problems problems) {
        var section = JsonDocument.read(json, place, problems);
        var settings = reader.read(section, office, version);
        section.close();
        return settings;
    }
}
