/// A log of records on the disk, for what is to be written elsewhere in a moment.
@NullMarked
package facteur.platform.commitlog;

import org.jspecify.annotations.NullMarked;
