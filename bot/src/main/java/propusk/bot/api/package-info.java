/// The Bot API over HTTP, with its answers as types.
@NullMarked
package propusk.bot.api;

import org.jspecify.annotations.NullMarked;
