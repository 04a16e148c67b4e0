/// How text becomes values.
///
/// A YAML file is read into a tree of [Section]s; each feature asks its own section for typed values and builds its
/// record from them. Nothing here throws for what an operator wrote: every mistake becomes a [Problem] with file, line
/// and key, the reader returns its fallback, and all problems are shown together. A key that no reader asked for is a
/// mistake too. No tag is ever resolved and no class ever named by the text: all values are words until a reader of
/// [Section] parses them.
@NullMarked
package facteur.platform.config;

import org.jspecify.annotations.NullMarked;
