/// What a signed-in person sees of their account and can end: their plan, Telegram session,
/// browsers.
@NullMarked
package propusk.miniapp.account;

import org.jspecify.annotations.NullMarked;
