/// The SQL files, how to apply them, and the PostgreSQL that runs embedded.
@NullMarked
package propusk.migrations;

import org.jspecify.annotations.NullMarked;
