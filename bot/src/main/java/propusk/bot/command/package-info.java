/// What a person can ask of the bot, and the words it answers in.
@NullMarked
package propusk.bot.command;

import org.jspecify.annotations.NullMarked;
