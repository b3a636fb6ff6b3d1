/// Directories in which TDLib clients work: private, and wiped after use.
@NullMarked
package propusk.mtproto.scratch;

import org.jspecify.annotations.NullMarked;
