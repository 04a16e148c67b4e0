package facteur.upstream;

import facteur.mail.smtp.Reply;

/// AUTH with its initial response, for mechanisms in which we speak first (RFC 4954 §4). Immutable.
///
/// @param mechanism such as `PLAIN`
/// @param response in base64
record AuthCommand(String mechanism, String response) {
    /// RFC 4954 §4: no command line is longer (RFC 5321 §4.5.3.1.4), CRLF included; a response behind 334 may be.
    private static final int LINE_LIMIT = 512;

    private static final int CONTINUE = 334;

    /// On one line if it fits, else the response follows the 334 that asks for it: Google and Dovecot refuse a longer line.
    ///
    /// @return the reply to the response; a 334 that only asks for it once more isn't one
    Reply presentTo(RelayTransport connection) throws LostConnection {
        var line = "AUTH " + mechanism + " " + response;
        if (line.length() + 2 > LINE_LIMIT) {
            var reply = connection.ask("AUTH " + mechanism);
            return reply.code() == CONTINUE ? connection.ask(response) : reply;
        }
        var reply = connection.ask(line);
        return isAskedAgain(reply) ? connection.ask(response) : reply;
    }

    /// Some hosts pass over the initial response. With PLAIN any 334 can mean nothing else; with XOAUTH2 a text in it says
    /// what is wrong with the token.
    private boolean isAskedAgain(Reply reply) {
        return reply.code() == CONTINUE && (mechanism.equals("PLAIN") || reply.text().isBlank());
    }

    @Override
    public String toString() {
        return "AUTH " + mechanism + " ***";
    }
}
