/// The stories of people, end to end: the sandbox's Telegram, the real TDLib, every process as in
/// production.
@NullMarked
package propusk.app.story;

import org.jspecify.annotations.NullMarked;
