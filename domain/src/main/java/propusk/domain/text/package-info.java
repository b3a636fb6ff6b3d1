/// Texts for people, in Russian and English.
@NullMarked
package propusk.domain.text;

import org.jspecify.annotations.NullMarked;
