/// Product truth: accounts, invites, plans, logins, saved sessions, inbox and outbox, with its SQL.
@NullMarked
package propusk.domain;

import org.jspecify.annotations.NullMarked;
