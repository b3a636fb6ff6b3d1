package propusk.miniapp.qrauth;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Language;
import propusk.domain.login.Login;
import propusk.domain.login.LoginChat;
import propusk.domain.login.LoginId;
import propusk.domain.login.Logins;
import propusk.miniapp.edge.Away;
import propusk.miniapp.page.NoticePage;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.qr.QrSvg;
import tools.jackson.databind.ObjectMapper;

/// Shows the login page: the same neutral shell for everybody, in the language of whoever asked for
/// the login, else in the browser's.
public final class QrAuthPages {
  private final Parts parts;
  private final String sample = QrSvg.sample();

  /// What it is built from.
  ///
  /// @param botLink the link to the bot with this id, or to the first one
  /// @param parents origins that may talk to the page in a frame
  public record Parts(
      Jdbi jdbi,
      Logins logins,
      Shells shells,
      Templates templates,
      ObjectMapper json,
      String host,
      Function<Optional<Long>, String> botLink,
      List<String> parents) {}

  public QrAuthPages(Parts parts) {
    this.parts = parts;
  }

  void show(Context ctx, Optional<LoginId> id) {
    if (id.isEmpty()) {
      noSuchPage(ctx);
      return;
    }
    var login = find(id.get());
    var language = login.map(Login::language).orElseGet(() -> Shells.language(ctx));
    parts.templates().show(ctx, 200, "qr-auth", page(id.get(), login, language));
  }

  private QrAuthPage page(LoginId id, Optional<Login> login, Language language) {
    var shell = parts.shells().shell(language, Optional.of("qr-auth.js"));
    return new QrAuthPage(
        shell,
        id.value(),
        parts.botLink().apply(login.flatMap(Login::chat).map(LoginChat::botId)),
        String.join(" ", parts.parents()),
        parts.host(),
        ScriptWords.json(parts.json(), shell.words()),
        sample,
        EndPart.all(shell.words()));
  }

  private void noSuchPage(Context ctx) {
    var shell = parts.shells().shell(Shells.language(ctx), Optional.empty());
    var words = shell.words();
    var link =
        new NoticePage.Link(parts.botLink().apply(Optional.empty()), words.say("outside.button"));
    var page =
        new NoticePage(
            shell,
            "info",
            "info",
            words.say("unknown.title"),
            words.say("unknown.text"),
            Optional.of(link));
    parts.templates().show(ctx, 400, "notice", page);
  }

  /// Only for the language, so the page also comes while the database is away.
  private Optional<Login> find(LoginId id) {
    try {
      return parts.jdbi().withHandle(handle -> parts.logins().find(handle, id));
    } catch (RuntimeException e) {
      if (Away.isDatabase(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
