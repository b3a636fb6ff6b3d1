/// Registering with a name and a shared contact.
@NullMarked
package propusk.miniapp.register;

import org.jspecify.annotations.NullMarked;
