package propusk.domain.organization;

import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.outbox.Chat;
import propusk.domain.time.Times;

/// Who belongs to an organization, and who wants to hear of its new events. Stateless; every call
/// runs in the caller's transaction.
public final class Memberships {
  private final InstantSource clock;

  public Memberships(InstantSource clock) {
    this.clock = clock;
  }

  /// The person as this organization knows them: met and a member from now on, if they were not.
  public ParticipantId join(Handle handle, OrganizationId organization, AccountId account) {
    var now = Times.column(clock.instant());
    var participant =
        handle
            .createQuery(
                """
                INSERT INTO participant (organization_id, account_id, met_at) VALUES (:organization, :account, :now)
                ON CONFLICT (organization_id, account_id) DO UPDATE SET met_at = participant.met_at
                RETURNING id
                """)
            .bind("organization", organization.value())
            .bind("account", account.value())
            .bind("now", now)
            .map((row, _) -> new ParticipantId(row.getLong("id")))
            .one();
    handle
        .createUpdate(
            "INSERT INTO membership (participant_id, joined_at) VALUES (:participant, :now) ON"
                + " CONFLICT DO NOTHING")
        .bind("participant", participant.value())
        .bind("now", now)
        .execute();
    return participant;
  }

  public boolean isMember(Handle handle, OrganizationId organization, AccountId account) {
    return of(handle, account).stream()
        .anyMatch(membership -> membership.organization().id().equals(organization));
  }

  /// Where this person belongs, by the organizations' names.
  public List<Membership> of(Handle handle, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT o.*, p.id AS participant, m.news_since IS NOT NULL AS news
            FROM membership m JOIN participant p ON p.id = m.participant_id
              JOIN organization o ON o.id = p.organization_id
            WHERE p.account_id = :account ORDER BY o.name, o.id
            """)
        .bind("account", account.value())
        .map((row, context) ->
            new Membership(
                new ParticipantId(row.getLong("participant")),
                Organizations.organization(row, context),
                row.getBoolean("news")))
        .list();
  }

  /// Whether they want to hear of its new events, as they just said.
  ///
  /// @return false when they are no member
  public boolean wantNews(
      Handle handle, OrganizationId organization, AccountId account, boolean wanted) {
    return handle
            .createUpdate(
                """
                UPDATE membership m SET news_since = CASE WHEN :wanted THEN coalesce(m.news_since, :now) END
                FROM participant p
                WHERE p.id = m.participant_id AND p.organization_id = :organization AND p.account_id = :account
                """)
            .bind("wanted", wanted)
            .bind("now", Times.column(clock.instant()))
            .bind("organization", organization.value())
            .bind("account", account.value())
            .execute()
        == 1;
  }

  /// The chats of those who want to hear of its new events, in the bot they last wrote to.
  public List<Chat> wantingNews(Handle handle, OrganizationId organization) {
    return handle
        .createQuery(
            """
            SELECT a.bot_id, a.telegram_id FROM membership m
              JOIN participant p ON p.id = m.participant_id JOIN account a ON a.id = p.account_id
            WHERE p.organization_id = :organization AND m.news_since IS NOT NULL AND a.bot_id IS NOT NULL
            """)
        .bind("organization", organization.value())
        .map((row, _) -> new Chat(row.getLong("bot_id"), row.getLong("telegram_id")))
        .list();
  }
}
