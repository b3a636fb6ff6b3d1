/// The login page inside Telegram and its JSON.
@NullMarked
package propusk.miniapp.qrauth;

import org.jspecify.annotations.NullMarked;
