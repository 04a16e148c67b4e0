/// What each office wants, and who answers for each of its clients. Values here are immutable; where they come from is
/// the affair of a [facteur.settings.SettingsSource].
@org.jspecify.annotations.NullMarked
package facteur.settings;
