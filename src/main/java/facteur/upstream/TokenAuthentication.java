package facteur.upstream;

import static facteur.upstream.Authentication.base64;

import facteur.mail.smtp.Reply;
import facteur.platform.config.Secret;
import facteur.platform.oauth.AccessTokens;
import facteur.platform.oauth.AccessTokens.Access;

/// By XOAUTH2, as Microsoft and Google know it: the mailbox and an access token in one initial response. A refused token is
/// replaced and tried once more on the same connection: it may have been withdrawn before its time.
record TokenAuthentication(String name, AccessTokens tokens) implements Authentication {
    @Override
    public Presented presentTo(RelayTransport connection) throws LostConnection {
        if (!connection.extensions().offersLogin("XOAUTH2")) {
            return new Presented.Unable("AUTH XOAUTH2 not offered");
        }
        return switch (tokens.current()) {
            case Access.Denied(var why) -> new Presented.Unable(why);
            case Access.Granted(var token) -> {
                var reply = present(token, connection);
                yield new Presented.Answered(
                        reply.code() == 535 && tokens.insteadOf(token) instanceof Access.Granted(var other)
                                ? present(other, connection)
                                : reply);
            }
        };
    }

    private Reply present(Secret token, RelayTransport connection) throws LostConnection {
        var response = base64("user=" + name + "\1auth=Bearer " + token.reveal() + "\1\1");
        var reply = new AuthCommand("XOAUTH2", response).presentTo(connection);
        // What is wrong, as JSON; the reply itself comes after an empty line.
        return reply.code() == 334 ? connection.ask("") : reply;
    }
}
