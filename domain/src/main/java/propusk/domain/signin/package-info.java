/// Browsers that want to enter, until a person says yes in the bot.
@NullMarked
package propusk.domain.signin;

import org.jspecify.annotations.NullMarked;
