package facteur.platform.pem;

import facteur.platform.config.DataSize;
import facteur.platform.config.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// A file of PEM blocks, with any text around them (RFC 7468 §2). Immutable.
public record PemFile(Path path, List<PemBlock> blocks) {
    private static final int LONGEST_BYTES = (int) DataSize.ofMegabytes(1).bytes();
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*+(?:-(?!----)[^-]*+)*+)-----END \\1-----");
    private static final String BEGIN = "-----BEGIN ";

    public static PemFile read(Path path) throws PemException {
        return switch (TextFile.read(path, LONGEST_BYTES)) {
            case TextFile.Content.Unreadable(_, var reason, _) -> throw new PemException(path, reason);
            case TextFile.Content.Text(var text) -> new PemFile(path, blocks(path, text));
        };
    }

    private static List<PemBlock> blocks(Path path, String text) throws PemException {
        var blocks = new ArrayList<PemBlock>();
        var matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new PemBlock(matcher.group(1), matcher.group(2).strip()));
        }
        if (text.split(BEGIN, -1).length - 1 > blocks.size()) {
            throw new PemException(path, "has a block without end");
        }
        return blocks;
    }

    public byte[] octets(PemBlock block) throws PemException {
        try {
            return Base64.getDecoder().decode(block.lines().replaceAll("\\s", ""));
        } catch (IllegalArgumentException notBase64) {
            throw new PemException(path, "has a block " + block.label() + " that can't be read");
        }
    }
}
