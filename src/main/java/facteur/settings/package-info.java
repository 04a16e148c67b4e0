/// Where the settings of offices and their relation cards come from: files, a database or a web service, each a
/// [facteur.settings.SettingsSource]; their readers; and the cache in front of them.
@org.jspecify.annotations.NullMarked
package facteur.settings;
