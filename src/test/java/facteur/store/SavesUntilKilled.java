package facteur.store;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.database.Database;
import facteur.platform.json.JsonReader;
import facteur.settings.OfficeReader;
import java.nio.file.Path;
import java.time.InstantSource;

/// A program that saves settings again and again, and prints each version once it has its answer. For [StoreKillIT].
final class SavesUntilKilled {
    private SavesUntilKilled() {}

    /// @param arguments the state folder
    public static void main(String[] arguments) throws Exception {
        var database = Database.open(Path.of(arguments[0]));
        var store = new Store(database, () -> new OfficeReader(Address.of("inbox@relay.example"), Roles.DEFAULT), () -> Roles.DEFAULT,
                InstantSource.system());
        var author = new Author(Via.COMMAND, "root", "", "", "");
        for (var i = 0;; i++) {
            var settings = JsonReader.read("{\"company\": \"Dupont " + i + " <o@dupont.example>\"}");
            if (store.settings().put(new OfficeId("dupont"), settings, new Precondition.None(),
                    author) instanceof ChangeResult.Changed(var version, _)) {
                System.out.println(version);
            }
        }
    }
}
