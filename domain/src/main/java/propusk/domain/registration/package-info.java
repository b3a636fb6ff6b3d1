/// Registering with a name and a contact that is shared in the bot's chat.
@NullMarked
package propusk.domain.registration;

import org.jspecify.annotations.NullMarked;
