/// TL, Telegram's type language: a schema read from a file, and values written and read by it.
@NullMarked
package propusk.sandbox.dc.schema;

import org.jspecify.annotations.NullMarked;
