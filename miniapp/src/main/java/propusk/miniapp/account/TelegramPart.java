package propusk.miniapp.account;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.session.TelegramSession;
import propusk.miniapp.page.Words;

/// How the Telegram session that we hold is, for its owner.
///
/// @param at when it ended, or when its log-out began
public record TelegramPart(
    Kind kind, Optional<TelegramSession> session, Optional<Instant> at, String checked) {

  /// What there is to say of it; the words are `telegram.<code>.…`.
  public enum Kind {
    /// There never was one.
    NONE("none", "info", "offline"),
    LIVE("live", "ok", "check"),
    CHECKING("checking", "info", "refresh"),
    /// Telegram does not answer now, which says nothing about the session.
    SILENT("silent", "warn", "hourglass"),
    LEAVING("leaving", "warn", "hourglass"),
    REVOKED("revoked", "bad", "cross"),
    DEACTIVATED("deactivated", "bad", "cross"),
    DUPLICATED("duplicated", "bad", "stop"),
    DAMAGED("damaged", "bad", "cross"),
    QUARANTINED("quarantined", "bad", "stop"),
    ENDED("ended", "info", "cross");

    private final String code;
    private final String tone;
    private final String icon;

    Kind(String code, String tone, String icon) {
      this.code = code;
      this.tone = tone;
      this.icon = icon;
    }

    public String code() {
      return code;
    }

    public String tone() {
      return tone;
    }

    public String icon() {
      return icon;
    }

    public boolean connected() {
      return this == LIVE || this == CHECKING || this == SILENT;
    }

    /// Whether there was a session that works no more: it can be connected again.
    public boolean lost() {
      return !connected() && this != NONE && this != LEAVING;
    }
  }

  static TelegramPart of(Words words, AccountView view) {
    var checked =
        view.telegram()
            .map(session -> session.checkedAt().orElse(session.createdAt()))
            .map(at -> Said.ago(words, at, view.at()))
            .orElse("");
    return new TelegramPart(
        kind(view), view.telegram(), view.telegram().flatMap(TelegramSession::endedAt), checked);
  }

  static Kind kind(AccountView view) {
    return view.telegram().map(TelegramPart::kind).orElse(Kind.NONE);
  }

  private static Kind kind(TelegramSession session) {
    return switch (session.state()) {
      case LIVE -> live(session);
      case LOG_OUT_PENDING -> Kind.LEAVING;
      case REVOKED -> Kind.REVOKED;
      case DEACTIVATED -> Kind.DEACTIVATED;
      case DUPLICATED -> Kind.DUPLICATED;
      case DAMAGED -> Kind.DAMAGED;
      case QUARANTINED -> Kind.QUARANTINED;
      case ENDED -> Kind.ENDED;
    };
  }

  private static Kind live(TelegramSession session) {
    if (session.checkWantedAt().isPresent()) {
      return Kind.CHECKING;
    }
    return session.checkFailures() > 0 ? Kind.SILENT : Kind.LIVE;
  }
}
