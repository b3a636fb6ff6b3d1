/// TDLib clients: typed requests, authorization states, and the one thread that receives for all of
/// them.
@NullMarked
package propusk.mtproto.client;

import org.jspecify.annotations.NullMarked;
