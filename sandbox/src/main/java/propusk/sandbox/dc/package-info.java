/// The sandbox's MTProto data centre, which the real TDLib talks to.
@NullMarked
package propusk.sandbox.dc;

import org.jspecify.annotations.NullMarked;
