/// People of the sandbox as scripts and tests play them, over the control API.
@NullMarked
package propusk.sandbox.person;

import org.jspecify.annotations.NullMarked;
