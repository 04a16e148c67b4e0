package facteur.docs;

import facteur.House;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The packages as an SVG: the journey on the left, the wings `mail` and `platform` on the right.
final class HousePicture {
    /// Where a letter passes.
    private static final Set<String> LETTERS_WAY =
            Set.of("listener", "intake", "settings", "policy", "rewrite", "delivery", "spool", "route", "upstream");

    private static final int MARGIN = 20;
    private static final int JOURNEY_WIDTH = 560;
    private static final int WING_WIDTH = 360;
    private static final int WINGS_LEFT = 2 * MARGIN + JOURNEY_WIDTH;
    private static final int BOXES_PER_WING_ROW = 4;
    private static final int BOX_HEIGHT = 34;
    private static final int ROW_HEIGHT = 46;
    private static final int TITLE_HEIGHT = 34;
    private static final int GAP = 8;

    private final StringBuilder svg = new StringBuilder();

    private HousePicture() {}

    static String of(House house) {
        return new HousePicture().draw(house);
    }

    private String draw(House house) {
        var mail = wing("mail.", house.mail());
        var platform = wing("platform.", house.platform());
        var platformTop = MARGIN + panelHeight(mail) + MARGIN;
        var bottom = Math.max(MARGIN + panelHeight(house.journey()), platformTop + panelHeight(platform));
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"14\">"
                .formatted(WINGS_LEFT + WING_WIDTH + MARGIN, bottom + MARGIN));
        line("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        panel(MARGIN, MARGIN, JOURNEY_WIDTH, "A package imports only what stands further down. Dark: where a letter passes", house.journey());
        background(MARGIN, mail);
        panel(WINGS_LEFT, MARGIN, WING_WIDTH, "mail.*", mail);
        background(platformTop, platform);
        panel(WINGS_LEFT, platformTop, WING_WIDTH, "platform.*", platform);
        line("</svg>");
        return svg.toString();
    }

    private static int panelHeight(List<List<String>> rows) {
        return TITLE_HEIGHT + rows.size() * ROW_HEIGHT;
    }

    private void background(int top, List<List<String>> rows) {
        line("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#f2efe8\"/>"
                .formatted(WINGS_LEFT - GAP, top - GAP, WING_WIDTH + 2 * GAP, panelHeight(rows) + GAP));
    }

    private void panel(int left, int top, int width, String title, List<List<String>> rows) {
        line("<text x=\"%d\" y=\"%d\" fill=\"#555\">%s</text>".formatted(left, top + TITLE_HEIGHT / 2, title));
        for (var i = 0; i < rows.size(); i++) {
            row(left, top + TITLE_HEIGHT + i * ROW_HEIGHT, width, rows.get(i));
        }
    }

    private void row(int left, int top, int width, List<String> names) {
        var box = (width - GAP * (names.size() - 1)) / names.size();
        for (var i = 0; i < names.size(); i++) {
            var x = left + i * (box + GAP);
            var passed = LETTERS_WAY.contains(names.get(i));
            line("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\" stroke=\"#345\"/>"
                    .formatted(x, top, box, BOX_HEIGHT, passed ? "#345" : "#fff"));
            line("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\">%s</text>"
                    .formatted(x + box / 2, top + 22, passed ? "#fff" : "#123", names.get(i)));
        }
    }

    /// In rows of about the same length.
    private static List<List<String>> wing(String prefix, List<String> packages) {
        var names = packages.stream().map(name -> name.substring(prefix.length())).toList();
        var rows = (names.size() + BOXES_PER_WING_ROW - 1) / BOXES_PER_WING_ROW;
        return IntStream.range(0, rows)
                .mapToObj(row -> names.subList(names.size() * row / rows, names.size() * (row + 1) / rows))
                .toList();
    }

    private void line(String text) {
        svg.append(text).append('\n');
    }
}
