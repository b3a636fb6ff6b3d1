/// What the environment configures, read once and checked whole.
@NullMarked
package propusk.app.config;

import org.jspecify.annotations.NullMarked;
