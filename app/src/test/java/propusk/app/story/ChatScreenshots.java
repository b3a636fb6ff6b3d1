package propusk.app.story;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.miniapp.browser.Chromium;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;

/// Takes pictures of the chat about saved sessions, on the sandbox's page and with everything real
/// behind it. Not among the tests that always run; `-Dtest=ChatScreenshots
/// -Dscreenshots=$PWD/docs/screenshots` draws those of the docs again, without a directory they go
/// to `target/screenshots`.
class ChatScreenshots {
  private static Town town;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    town = Town.start();
    chromium = new Chromium();
  }

  @AfterAll
  static void end() {
    chromium.close();
    town.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ru | Илья Козлов | принят   | Ваш сеанс Telegram    | Завершить    | Отключить       | завершён | Telegram завершил | Удалить все           | Удалить всё       | данные удалены
          en | Ann Miller  | accepted | Your Telegram session | End the      | Disconnect      | was ended | Telegram ended  | Delete all            | Delete everything | are deleted
          """)
  void theLifeOfASession(
      String language,
      String name,
      String accepted,
      String session,
      String begin,
      String disconnect,
      String done,
      String ended,
      String question,
      String delete,
      String deleted) {
    var person =
        town.telegram()
            .newPerson(
                Map.of(
                    "first_name", name,
                    "phone", language.equals("ru") ? "+79005550101" : "+79005550102",
                    "language", language));
    try (var context = chromium.context(1280, 800)) {
      var page = context.newPage();
      page.addInitScript("localStorage.setItem('language', '%s')".formatted(language));
      page.navigate(town.sandboxUrl().toString());
      page.waitForSelector("body[data-ready]");
      page.getByText(name).first().click();

      connect(person, "/login " + town.invite("premium", 5), accepted);
      person.send("/sessions");
      person.tap(see(person, page, session), begin);
      see(
          person,
          page,
          disconnect.equals("Отключить") ? "Отключить " + name : "Disconnect " + name);
      person.send("/sessions");
      see(person, page, session);
      take(page, "sessions", language);

      person.send("/logout");
      var asked = see(person, page, name);
      take(page, "logout-asked", language);
      person.tap(asked, disconnect);
      see(person, page, done);
      take(page, "logout-done", language);

      connect(person, "/login", "QR");
      person.revoke(person.sessions().getFirst().id(), "SESSION_REVOKED");
      town.rows().wantCheck(person);
      see(person, page, ended);
      take(page, "session-ended", language);

      person.send("/delete_me");
      var sure = see(person, page, question);
      take(page, "delete-asked", language);
      person.tap(sure, delete);
      see(person, page, deleted);
      take(page, "delete-done", language);
    }
  }

  private static void connect(SandboxPerson person, String command, String answer) {
    person.send(command);
    var page = new MiniApp(person.tap(person.awaitMessage(answer), "QR").orElseThrow());
    page.open();
    person.scan(page.link());
    page.await("completed");
    person.awaitMessage("✅");
  }

  /// Waits for the message in the chat and on the screen.
  private static SandboxMessage see(SandboxPerson person, Page page, String text) {
    var message = person.awaitMessage(text, Await.PATIENCE.multipliedBy(2));
    page.locator(".message", new Page.LocatorOptions().setHasText(text))
        .last()
        .waitFor(new Locator.WaitForOptions().setTimeout(30_000));
    return message;
  }

  private static void take(Page page, String state, String language) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(directory().resolve("chat-%s-%s.png".formatted(state, language))));
  }

  private static Path directory() {
    try {
      return Files.createDirectories(
          Path.of(System.getProperty("screenshots", "target/screenshots")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
