package facteur;
/// Main.
public final class Facteur { private Facteur() {}
  public static void main(String[] arguments) { System.out.println("hi"); } }
