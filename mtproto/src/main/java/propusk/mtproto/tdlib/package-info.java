/// The native edge: TDLib's JSON interface, called through Java's FFM API.
@NullMarked
package propusk.mtproto.tdlib;

import org.jspecify.annotations.NullMarked;
