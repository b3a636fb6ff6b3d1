package propusk.app.soak;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import propusk.app.story.Await;
import propusk.app.story.MiniApp;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;
import propusk.sandbox.person.SandboxRefusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One person's login from `/login` to its end, gone on with whatever dies meanwhile: what gets no
/// answer, or a 5xx, is asked again. Everything that is heard is noted in the book.
final class Errand {
  /// A process is started again in seconds, on a machine that is busy.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Set<String> ENDS = Set.of("completed", "cancelled", "expired", "failed");

  private final Book book;
  private final SandboxPerson person;
  private @Nullable MiniApp page;

  Errand(Book book, SandboxPerson person) {
    this.book = book;
    this.person = person;
  }

  SandboxPerson person() {
    return person;
  }

  String login() {
    return page().loginId();
  }

  /// `/login`, with an invite or without, until the answer has a button.
  Errand ask(String invite) {
    person.send(("/login " + invite).strip());
    return promised(answer());
  }

  /// The sandbox waits a while for a message: asked twice, because a web process that is killed
  /// again and again takes its time.
  private SandboxMessage answer() {
    try {
      return person.awaitMessage("Mini App", Duration.ofSeconds(60));
    } catch (AssertionError notYet) {
      return person.awaitMessage("Mini App", Duration.ofSeconds(60));
    }
  }

  /// Taps the button of the bot's answer.
  Errand promised(SandboxMessage answer) {
    page = new MiniApp(person.tap(answer, answer.number("QR")).orElseThrow());
    book.note(new Fact.Promised(login(), person.id()));
    return this;
  }

  Errand open() {
    answered("the page's opening", page()::open);
    book.note(new Fact.Opened(login(), page().bearer()));
    return this;
  }

  /// The link that the page shows now; empty once the login is over.
  Optional<String> link() {
    var shown =
        patiently(
            "a QR or an end",
            () -> {
              var login = page().login();
              var link = login.path("qr").path("link").asString("");
              return Optional.of(link).filter(text -> !text.isEmpty() || ended(login));
            });
    return Optional.of(shown).filter(link -> !link.isEmpty());
  }

  /// Scans what the page shows until Telegram takes it; false if the login ended before.
  boolean scannedBy(SandboxPerson scanner) {
    return patiently(
        "an accepted scan",
        () -> link().map(link -> scan(scanner, link)).orElse(Optional.of(false)));
  }

  private Optional<Boolean> scan(SandboxPerson scanner, String link) {
    book.note(new Fact.Approving(login(), scanner.id()));
    try {
      scanner.scan(link);
      book.note(new Fact.Approved(login(), scanner.id(), Instant.now()));
      return Optional.of(true);
    } catch (SandboxRefusal old) {
      return Optional.empty();
    }
  }

  /// The page's button.
  Errand cancel() {
    var answer = answered("the cancelling", page()::cancel);
    told(JsonMapper.shared().readTree(answer.body()));
    return this;
  }

  /// What the page says in the end.
  String awaitEnd() {
    return patiently(
        "an end of " + login(),
        () -> Optional.of(page().login()).filter(Errand::ended).map(this::told));
  }

  /// The end, or nothing where the page shows another code than this instead.
  Optional<String> awaitEndUnlessShown(Optional<String> before) {
    return awaitEndUnless(login -> {
      var link = login.path("qr").path("link").asString("");
      return !link.isEmpty() && !before.equals(Optional.of(link));
    });
  }

  /// The end, or nothing where the page asks for the two-step password.
  Optional<String> awaitEndUnlessAsked() {
    return awaitEndUnless(login -> login.path("status").asString("").equals("awaiting_password"));
  }

  private Optional<String> awaitEndUnless(Predicate<JsonNode> other) {
    var end =
        patiently(
            "an end of " + login(),
            () -> {
              var login = page().login();
              if (ended(login)) return Optional.of(told(login));
              return other.test(login) ? Optional.of("") : Optional.empty();
            });
    return Optional.of(end).filter(status -> !status.isEmpty());
  }

  private String told(JsonNode login) {
    var status = login.path("status").asString("");
    if (ended(login)) {
      book.note(new Fact.Told(login(), status));
    }
    return status;
  }

  private static boolean ended(JsonNode login) {
    return ENDS.contains(login.path("status").asString(""));
  }

  private static HttpResponse<String> answered(
      String what, Supplier<HttpResponse<String>> request) {
    return patiently(
        what, () -> Optional.of(request.get()).filter(answer -> answer.statusCode() == 200));
  }

  /// Who gets no answer, or not the one that helps, asks again.
  private static <T> T patiently(String what, Supplier<Optional<T>> request) {
    return Await.value(
        what,
        PATIENCE,
        () -> {
          try {
            return request.get();
          } catch (UncheckedIOException | JacksonException away) {
            return Optional.empty();
          }
        });
  }

  private MiniApp page() {
    var opened = page;
    if (opened == null) throw new IllegalStateException("nobody asked for a login yet");
    return opened;
  }
}
