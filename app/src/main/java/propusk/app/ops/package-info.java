/// The operator's private port: health, readiness, metrics.
@NullMarked
package propusk.app.ops;

import org.jspecify.annotations.NullMarked;
