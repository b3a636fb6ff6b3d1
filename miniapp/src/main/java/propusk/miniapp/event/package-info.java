/// Pages of events, and signing in to them.
@NullMarked
package propusk.miniapp.event;

import org.jspecify.annotations.NullMarked;
