/// What the methods of Telegram's API answer.
@NullMarked
package propusk.sandbox.dc.handler;

import org.jspecify.annotations.NullMarked;
