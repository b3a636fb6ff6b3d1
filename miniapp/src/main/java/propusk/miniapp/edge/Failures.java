package propusk.miniapp.edge;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.miniapp.page.NoticePage;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;

/// The one place where a request that failed is answered: as JSON, or as a page where a browser
/// asks for one.
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Problems problems;
  private final Shells shells;
  private final Templates templates;

  public Failures(Problems problems, Shells shells, Templates templates) {
    this.problems = problems;
    this.shells = shells;
    this.templates = templates;
  }

  public void answer(RoutesConfig routes) {
    routes.exception(Refused.class, (e, ctx) -> write(ctx, e.problem()));
    routes.exception(
        HttpResponseException.class, (e, ctx) -> write(ctx, Problem.ofStatus(e.getStatus())));
    routes.exception(Exception.class, this::failed);
  }

  private void failed(Exception failure, Context ctx) {
    if (Away.isDatabase(failure)) {
      LOG.warn("event=database_away path={}", LoggedPath.of(ctx.path()));
      write(ctx, Problem.UNAVAILABLE);
    } else {
      LOG.error(
          "event=request_failed path={} request={}",
          LoggedPath.of(ctx.path()),
          requestId(ctx),
          failure);
      write(ctx, Problem.INTERNAL);
    }
  }

  private void write(Context ctx, Problem problem) {
    if (wantsPage(ctx)) {
      page(ctx, problem);
    } else {
      problems.write(ctx, problem);
    }
  }

  private static boolean wantsPage(Context ctx) {
    var accept = ctx.header("Accept");
    return ctx.method().name().equals("GET") && accept != null && accept.contains("text/html");
  }

  private void page(Context ctx, Problem problem) {
    var shell = shells.shell(Shells.language(ctx), Optional.empty());
    var words = shell.words();
    var key =
        switch (problem.status()) {
          case 503 -> "away";
          case 500 -> "fault";
          default -> "missing";
        };
    problem.retryAfter().ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
    var text = words.say(key + ".text", "request", requestId(ctx));
    var tone = problem.status() >= 500 ? "warn" : "info";
    var icon = problem.status() >= 500 ? "alert" : "info";
    var page = new NoticePage(shell, icon, tone, words.say(key + ".title"), text, Optional.empty());
    templates.show(ctx, problem.status(), "notice", page);
  }

  private static String requestId(Context ctx) {
    return RequestIds.of(ctx.req().getAttribute(RequestIds.ATTRIBUTE));
  }
}
