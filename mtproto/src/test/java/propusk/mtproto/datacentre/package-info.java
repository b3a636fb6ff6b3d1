/// The sandbox's data centre, as the real TDLib meets it.
@NullMarked
package propusk.mtproto.datacentre;

import org.jspecify.annotations.NullMarked;
