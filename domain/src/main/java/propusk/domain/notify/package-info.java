/// NOTIFY and LISTEN: hints to re-read a row.
@NullMarked
package propusk.domain.notify;

import org.jspecify.annotations.NullMarked;
