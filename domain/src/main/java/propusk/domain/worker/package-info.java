/// Worker processes and their leases.
@NullMarked
package propusk.domain.worker;

import org.jspecify.annotations.NullMarked;
