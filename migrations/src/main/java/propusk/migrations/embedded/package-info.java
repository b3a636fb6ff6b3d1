/// PostgreSQL as a child of this process: for the demo, the tests and small installations.
@NullMarked
package propusk.migrations.embedded;

import org.jspecify.annotations.NullMarked;
