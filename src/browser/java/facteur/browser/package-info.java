/// The console in a browser: Chromium, as people have it in front of them, against a daemon in this JVM. Built and run with
/// `-Pbrowser` alone.
@NullMarked
package facteur.browser;

import org.jspecify.annotations.NullMarked;
