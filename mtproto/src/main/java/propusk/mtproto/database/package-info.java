/// The database as a worker sees it: away for some seconds now and then.
@NullMarked
package propusk.mtproto.database;

import org.jspecify.annotations.NullMarked;
