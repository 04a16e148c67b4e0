package facteur.platform.http;

import java.time.Duration;

/// How long and how large an exchange may become.
///
/// @param timeout for a whole exchange, from the question to the last octet of the answer
/// @param connectTimeout for the connection alone, TLS not counted
/// @param answerBytes octets of the largest answer that is read
public record HttpLimits(Duration timeout, Duration connectTimeout, int answerBytes) {}
