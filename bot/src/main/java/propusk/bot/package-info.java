/// Bot API: updates to the inbox, commands, the outbox's sender.
@NullMarked
package propusk.bot;

import org.jspecify.annotations.NullMarked;
