/// Incidents, told to the operator in the chat.
@NullMarked
package propusk.bot.alert;

import org.jspecify.annotations.NullMarked;
