/// What is true in the sandbox: its people, its clock, its faults, and the calls it saw; kept in
/// one file.
@NullMarked
package propusk.sandbox.world;

import org.jspecify.annotations.NullMarked;
