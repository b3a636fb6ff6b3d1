/// A worker process among others: its lease, and what it does about those that were lost.
@NullMarked
package propusk.mtproto.worker;

import org.jspecify.annotations.NullMarked;
