/// How much of their plans' limits people have used.
@NullMarked
package propusk.domain.usage;

import org.jspecify.annotations.NullMarked;
