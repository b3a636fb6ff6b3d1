/// Links from the chat that let a browser in.
@NullMarked
package propusk.domain.magic;

import org.jspecify.annotations.NullMarked;
