/// The launcher's process: owns the database, web and worker, and ends them with itself.
@NullMarked
package propusk.app.launch;

import org.jspecify.annotations.NullMarked;
