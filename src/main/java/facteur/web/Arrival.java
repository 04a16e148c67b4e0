package facteur.web;

import java.io.InputStream;
import java.net.InetAddress;

/// A request before anything of it is read but its head.
///
/// @param frontage as it is now
/// @param client whose request it is, as far as proxies in front are trusted
record Arrival(RequestHead head, Frontage frontage, InetAddress client, InputStream body) {}
