package facteur.cli;

import facteur.listener.ListenerSettings;
import facteur.mail.smtp.Address;
import facteur.upstream.UpstreamSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What a configuration says of the way in and the way out.
///
/// @param certificate of the listeners with TLS
/// @param time what is taken for now
public record Configured(
        String hostname,
        Address sharedAddress,
        List<ListenerSettings> listeners,
        Optional<Path> certificate,
        List<UpstreamSettings> upstreams,
        InstantSource time) {}
