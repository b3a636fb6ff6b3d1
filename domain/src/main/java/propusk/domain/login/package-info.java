/// Connecting a Telegram account: the state machine, its row and its use cases.
@NullMarked
package propusk.domain.login;

import org.jspecify.annotations.NullMarked;
