package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import propusk.sandbox.dc.login.LoginCode;

/// The login codes that Telegram sent: to somebody who lives here, or to any phone number.
final class CodeRoutes {
  private static final long LONGEST_WAIT = 60;

  /// @param number counts the codes of the world
  /// @param via `app`, `sms` or `call`
  record CodeView(long number, String code, String via, Instant at, Instant expiresAt) {}

  private final ControlParts parts;

  CodeRoutes(ControlParts parts) {
    this.parts = parts;
  }

  void add(JavalinConfig config) {
    config.routes.get("/sandbox/users/{id}/codes", ctx -> codes(ctx, parts.person(ctx).phone()));
    config.routes.get("/sandbox/phones/{phone}/codes", ctx -> codes(ctx, ctx.pathParam("phone")));
  }

  /// `after` is the number of the last code known, `wait` the seconds to wait for a newer one.
  private void codes(Context ctx, String phone) throws InterruptedException {
    var after = number(ctx, "after");
    var patience = Duration.ofSeconds(Math.clamp(number(ctx, "wait"), 0, LONGEST_WAIT));
    var changes = new Semaphore(0);
    var stop = parts.feed().listen(changes::release);
    try {
      var end = System.nanoTime() + patience.toNanos();
      var codes = sentTo(phone);
      while ((codes.isEmpty() || codes.getLast().number() <= after) && end > System.nanoTime()) {
        var _ = changes.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        changes.drainPermits();
        codes = sentTo(phone);
      }
      ControlParts.write(ctx, 200, codes);
    } finally {
      stop.run();
    }
  }

  private List<CodeView> sentTo(String phone) {
    return parts.dataCentre().loginCodes(phone).stream().map(CodeRoutes::view).toList();
  }

  private static CodeView view(LoginCode code) {
    var via = code.via().name().toLowerCase(Locale.ROOT);
    return new CodeView(code.number(), code.digits(), via, code.sentAt(), code.expiresAt());
  }

  private static long number(Context ctx, String name) {
    var text = Optional.ofNullable(ctx.queryParam(name)).orElse("0");
    if (!text.matches("\\d{1,9}")) {
      throw ControlError.badRequest(name + " must be a whole number");
    }
    return Long.parseLong(text);
  }
}
