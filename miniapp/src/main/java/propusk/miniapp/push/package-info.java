/// Streams to browsers: thousands of waiters without a thread each.
@NullMarked
package propusk.miniapp.push;

import org.jspecify.annotations.NullMarked;
