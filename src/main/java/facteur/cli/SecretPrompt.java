package facteur.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// A secret line from standard input, without echo when that is a terminal.
///
/// [java.io.Console] won't do: it is missing when only standard output is redirected, as in `facteur password > file`, so
/// that the password would show; and it reads by the locale, which servers often lack.
final class SecretPrompt {
    private static final int LONGEST_BYTES = 4096;

    private SecretPrompt() {}

    /// Turns off echo until the end of the program.
    ///
    /// @return false when standard input is no terminal
    @SuppressWarnings("ReferenceEquality") // Only the process's own input can be a terminal.
    static boolean hide(Invocation invocation) {
        if (invocation.in() != System.in || !stty("-echo")) {
            return false;
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stty("echo")));
        return true;
    }

    /// Asks for a line.
    static String ask(String prompt, Invocation invocation) throws IOException {
        var terminal = invocation.err();
        terminal.print(prompt);
        terminal.flush();
        var line = line(invocation.in());
        terminal.println();
        return line;
    }

    /// Reads up to the line end, or the end of input.
    ///
    /// @throws IOException when it isn't UTF-8, or too long
    static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int octet;
        while ((octet = in.read()) >= 0 && octet != '\n') {
            line.write(octet);
            if (line.size() > LONGEST_BYTES) {
                throw new IOException("longer than " + LONGEST_BYTES + " octets");
            }
        }
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("not UTF-8", e);
        }
    }

    private static boolean stty(String mode) {
        try {
            return new ProcessBuilder("stty", mode)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
