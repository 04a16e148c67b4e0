package facteur.office;

/// Those of ASCII and of Latin 1 that no name may hold.
final class ControlCharacters {
    private ControlCharacters() {}

    static boolean areIn(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
