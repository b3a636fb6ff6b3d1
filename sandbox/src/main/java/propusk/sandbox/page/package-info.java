/// The page that plays chats and a phone.
@NullMarked
package propusk.sandbox.page;

import org.jspecify.annotations.NullMarked;
