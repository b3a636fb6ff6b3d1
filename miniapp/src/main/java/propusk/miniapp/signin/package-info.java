/// Ways into the website: a browser that is known again, a phone number, a link into the bot.
@NullMarked
package propusk.miniapp.signin;

import org.jspecify.annotations.NullMarked;
