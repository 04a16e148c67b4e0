package facteur.platform.log;

/// Characters that can't be seen, or that move others about: they could make a line look like another, or like two.
final class InvisibleCharacters {
    private InvisibleCharacters() {}

    static boolean is(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                true;
            default -> false;
        };
    }
}
