/// Login runs: from a claimed row to a sealed session, or to an explicit end.
@NullMarked
package propusk.mtproto.login;

import org.jspecify.annotations.NullMarked;
