/// Looking after the bots' webhooks: whose turn it is, and what was seen and done.
@NullMarked
package propusk.domain.webhook;

import org.jspecify.annotations.NullMarked;
