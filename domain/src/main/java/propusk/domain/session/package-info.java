/// Saved Telegram sessions: the vault's rows.
@NullMarked
package propusk.domain.session;

import org.jspecify.annotations.NullMarked;
