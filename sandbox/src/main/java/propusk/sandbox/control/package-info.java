/// The control API: JSON for scripts and for the sandbox's page.
@NullMarked
package propusk.sandbox.control;

import org.jspecify.annotations.NullMarked;
