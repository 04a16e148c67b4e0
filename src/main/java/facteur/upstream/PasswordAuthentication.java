package facteur.upstream;

import static facteur.upstream.Authentication.base64;

import facteur.platform.config.Secret;

/// By PLAIN (RFC 4616), else LOGIN.
record PasswordAuthentication(String name, Secret password) implements Authentication {
    @Override
    public Presented presentTo(RelayTransport connection) throws LostConnection {
        if (connection.extensions().offersLogin("PLAIN")) {
            var command = new AuthCommand("PLAIN", base64("\0" + name + "\0" + password.reveal()));
            return new Presented.Answered(command.presentTo(connection));
        }
        if (!connection.extensions().offersLogin("LOGIN")) {
            return new Presented.Unable("neither AUTH PLAIN nor AUTH LOGIN offered");
        }
        var reply = connection.ask("AUTH LOGIN");
        reply = reply.code() == 334 ? connection.ask(base64(name)) : reply;
        return new Presented.Answered(reply.code() == 334 ? connection.ask(base64(password.reveal())) : reply);
    }

    @Override
    public String toString() {
        return name + ":***";
    }
}
