/// Killing the processes of a whole town at every point of a login, and the ledger that says what
/// came of it: named crash points, and `./propusk soak`.
@NullMarked
package propusk.app.soak;

import org.jspecify.annotations.NullMarked;
