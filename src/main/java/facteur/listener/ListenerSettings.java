package facteur.listener;

import facteur.message.LineEndings;
import facteur.message.MessageLimits;
import java.net.InetSocketAddress;
import java.time.Duration;

/// What one listener needs to know.
///
/// @param address port 0 = one of the kernel's choice
/// @param hostname for greeting and EHLO
/// @param connections at once; more are told 421
/// @param recipients of one letter; more are told 452
/// @param commandTimeout how long to wait for the next octet (RFC 5321 §4.5.3.2.7)
/// @param stopTimeout how long a stop waits for letters that are being received
public record ListenerSettings(
        InetSocketAddress address,
        String hostname,
        MessageLimits message,
        LineEndings lineEndings,
        int connections,
        int recipients,
        Duration commandTimeout,
        Duration stopTimeout) {}
