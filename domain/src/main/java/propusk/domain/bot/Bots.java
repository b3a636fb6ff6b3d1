package propusk.domain.bot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;

/// The bots we answer as: the one of the configuration, and those that an operator added, whose
/// tokens are kept here. A bot's id is the number before the colon of its token.
public final class Bots {
  private static final Logger LOG = LoggerFactory.getLogger(Bots.class);

  private static final String SELECT =
      "SELECT id, username, organization_id, token_sealed IS NOT NULL AS kept FROM bot";

  private final Sealer sealer;

  /// @param sealer the one of SECRET_KEY
  public Bots(Sealer sealer) {
    this.sealer = sealer;
  }

  /// Remembers a bot, or its new username.
  public void seen(Handle handle, long botId, String username) {
    handle
        .createUpdate(
            """
            INSERT INTO bot (id, username) VALUES (:id, :username)
            ON CONFLICT (id) DO UPDATE SET username = excluded.username, updated_at = now()
            """)
        .bind("id", botId)
        .bind("username", username)
        .execute();
  }

  /// Adds a bot, or gives one that is here its new token. The web processes take it up when they
  /// start.
  public void add(Handle handle, Bot bot, Secret token) {
    seen(handle, bot.id(), bot.username());
    handle
        .createUpdate(
            "UPDATE bot SET token_sealed = :token, organization_id = :organization WHERE id = :id")
        .bind("token", sealer.seal(token.value().getBytes(UTF_8), seal(bot.id())))
        .bind("organization", bot.organization().map(OrganizationId::value).orElse(null))
        .bind("id", bot.id())
        .execute();
  }

  /// Forgets the token; what the bot has been told and has said stays.
  ///
  /// @return false: no token of such a bot is kept here
  public boolean remove(Handle handle, long botId) {
    return handle
            .createUpdate(
                "UPDATE bot SET token_sealed = NULL WHERE id = :id AND token_sealed IS NOT NULL")
            .bind("id", botId)
            .execute()
        == 1;
  }

  /// All that we answer as or have answered as.
  public List<Bot> list(Handle handle) {
    return handle.createQuery(SELECT + " ORDER BY id").map(Bots::bot).list();
  }

  public Optional<Bot> find(Handle handle, long botId) {
    return handle
        .createQuery(SELECT + " WHERE id = :id")
        .bind("id", botId)
        .map(Bots::bot)
        .findOne();
  }

  /// Whether nobody but us has its token. An organization could read what its bot says, and put our
  /// buttons under words of its own.
  public boolean isOurs(Handle handle, long botId) {
    return handle
        .createQuery(
            "SELECT NOT EXISTS (SELECT 1 FROM bot WHERE id = :id AND organization_id IS NOT NULL)")
        .bind("id", botId)
        .mapTo(Boolean.class)
        .one();
  }

  /// The bots whose tokens are kept here. One whose seal does not open is left out.
  public Map<Bot, Secret> tokens(Handle handle) {
    var tokens = new LinkedHashMap<Bot, Secret>();
    for (var bot : list(handle)) {
      token(handle, bot).ifPresent(token -> tokens.put(bot, token));
    }
    return tokens;
  }

  private Optional<Secret> token(Handle handle, Bot bot) {
    try {
      return handle
          .createQuery("SELECT token_sealed FROM bot WHERE id = :id AND token_sealed IS NOT NULL")
          .bind("id", bot.id())
          .map((row, _) -> row.getBytes("token_sealed"))
          .findOne()
          .map(sealed -> new Secret(new String(sealer.open(sealed, seal(bot.id())), UTF_8)));
    } catch (SealedDamaged e) {
      LOG.error("event=bot_token_unreadable bot={}", bot.id());
      return Optional.empty();
    }
  }

  private static Bot bot(ResultSet row, StatementContext context) throws SQLException {
    return new Bot(
        row.getLong("id"),
        row.getString("username"),
        Optional.ofNullable(row.getObject("organization_id", Long.class)).map(OrganizationId::new),
        row.getBoolean("kept"));
  }

  private static String seal(long id) {
    return "bot/token/" + id;
  }
}
