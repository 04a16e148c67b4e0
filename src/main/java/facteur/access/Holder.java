package facteur.access;

/// Whose session it is. Immutable.
public sealed interface Holder {
    /// For pages.
    String name();

    /// Tells holders apart, and stays the same when one is renamed.
    String key();

    /// Who makes a change, for the history: the login, the suite, or the name.
    String actor();

    /// For which user of a suite a change is made; empty when the holder signed in here.
    String behalf();

    /// Who has an account here.
    record Person(String login, String name) implements Holder {
        @Override
        public String key() {
            return "person " + login;
        }

        @Override
        public String actor() {
            return login;
        }

        @Override
        public String behalf() {
            return "";
        }
    }

    /// Whom an accounting suite has launched.
    ///
    /// @param suite its name
    /// @param id the user's, at the suite
    record SuiteUser(String suite, String id, String name) implements Holder {
        @Override
        public String key() {
            return "suite " + suite + " " + id;
        }

        @Override
        public String actor() {
            return suite;
        }

        @Override
        public String behalf() {
            return name;
        }
    }

    /// Who signed in at an OpenID provider.
    ///
    /// @param subject the user's id at the provider
    record Federated(String provider, String subject, String name) implements Holder {
        @Override
        public String key() {
            return "federated " + provider + " " + subject;
        }

        @Override
        public String actor() {
            return name;
        }

        @Override
        public String behalf() {
            return "";
        }
    }
}
