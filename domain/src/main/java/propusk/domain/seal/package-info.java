/// Sealing, hashing and secrets in memory.
@NullMarked
package propusk.domain.seal;

import org.jspecify.annotations.NullMarked;
