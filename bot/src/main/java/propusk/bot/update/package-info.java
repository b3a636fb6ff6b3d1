/// Updates: fetched, kept, read, handled.
@NullMarked
package propusk.bot.update;

import org.jspecify.annotations.NullMarked;
