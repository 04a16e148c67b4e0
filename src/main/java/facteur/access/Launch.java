package facteur.access;

import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A user of a suite on the way into an office. The suite vouches for it. Immutable.
///
/// @param userId the user's, at the suite
/// @param name for pages and histories; nothing in it is invisible
/// @param email empty when the suite doesn't say
/// @param role admin or reader
/// @param language a word of ours: `fr`
/// @param page where the user lands
/// @param back the suite's page to return to; below its `return`
/// @param embed the one origin that may show the pages in a frame; empty: none
public record Launch(
        String suite,
        String userId,
        String name,
        Optional<String> email,
        OfficeId office,
        AccessRole role,
        Optional<String> language,
        LandingPage page,
        Optional<URI> back,
        Optional<String> embed) {
    private static final String STORED = "ticket";

    /// What a launch is read by: the suite, and the origins that may show pages in frames.
    ///
    /// @param embed origins, as browsers write them
    public record Terms(SuiteSettings suite, List<String> embed) {
        public Terms {
            embed = List.copyOf(embed);
        }
    }

    /// Reads what the API gets: `user` with `id`, `name` and `email`, `role`, `language`, `page`, `return`, `embed`. Problems are the section's.
    ///
    /// @param office that the path names
    /// @throws IllegalArgumentException when the suite may not open it
    public static Launch from(Section body, Terms terms, OfficeId office) {
        return new LaunchReader(terms, office).read(body, body.section("user"), "id");
    }

    /// Whose session it begins.
    public Holder holder() {
        return new Holder.SuiteUser(suite, userId, name);
    }

    /// The session that it begins.
    ///
    /// @param peer the address of the browser
    /// @param agent the browser, in its own words
    public NewSession session(String peer, String agent) {
        return NewSession.of(holder(), List.of(new Grant(Optional.of(office), role)), peer, agent)
                .withLanguage(language)
                .withReturnTo(back.map(URI::toString))
                .withEmbed(embed);
    }

    /// The same in a tab, should the browser keep no cookie in a frame.
    public Launch inTab() {
        return new Launch(suite, userId, name, email, office, role, language, page, back, Optional.empty());
    }

    /// As a ticket keeps it.
    String text() {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("id", JsonValue.of(userId));
        members.put("name", JsonValue.of(name));
        email.ifPresent(address -> members.put("email", JsonValue.of(address)));
        members.put("office", JsonValue.of(office.text()));
        members.put("role", JsonValue.of(role.word()));
        language.ifPresent(word -> members.put("language", JsonValue.of(word)));
        members.put("page", JsonValue.of(page.word()));
        back.ifPresent(url -> members.put("return", JsonValue.of(url.toString())));
        embed.ifPresent(origin -> members.put("embed", JsonValue.of(origin)));
        return new JsonValue.Members(members).toString();
    }

    /// Of what [#text] made.
    ///
    /// @throws IllegalStateException for any other text
    static Launch stored(String suite, String text) {
        var problems = new Problems();
        try {
            var section = JsonDocument.read(JsonReader.read(text), STORED, problems);
            return new Launch(
                    suite,
                    section.text("id").orElseThrow(),
                    section.text("name").orElseThrow(),
                    section.text("email"),
                    new OfficeId(section.text("office").orElseThrow()),
                    AccessRole.parse(section.text("role").orElseThrow()),
                    section.text("language"),
                    LandingPage.parse(section.text("page").orElseThrow()),
                    section.value("return", URI::create),
                    section.text("embed"));
        } catch (JsonException | RuntimeException e) {
            throw new IllegalStateException("a ticket that was not made by this version", e);
        }
    }
}
