/// TDLib: login runs, the finalizing poller, the session vault.
@NullMarked
package propusk.mtproto;

import org.jspecify.annotations.NullMarked;
