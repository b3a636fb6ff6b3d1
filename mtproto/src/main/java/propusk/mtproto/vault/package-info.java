/// The session vault: saved Telegram sessions, sealed in the database, opened by one worker at a
/// time.
@NullMarked
package propusk.mtproto.vault;

import org.jspecify.annotations.NullMarked;
