/// Messages kept until they are sent.
@NullMarked
package propusk.domain.outbox;

import org.jspecify.annotations.NullMarked;
