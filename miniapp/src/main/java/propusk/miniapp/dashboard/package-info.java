/// What somebody who is signed in sees first.
@NullMarked
package propusk.miniapp.dashboard;

import org.jspecify.annotations.NullMarked;
