package propusk.app.story;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.organization.Slug;
import propusk.miniapp.browser.Camera;
import propusk.miniapp.browser.Chromium;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;

/// Takes pictures of the chat, of each command and of the life of a saved session, on the sandbox's
/// page and with everything real behind it. Not among the tests that always run;
/// `-Dtest=ChatScreenshots -Dscreenshots=$PWD/docs/screenshots` draws those of the docs again,
/// without a directory they go to `target/screenshots`.
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
      var page = chats(context, language, name);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ru | Марк Левин | Здравствуйте | Что я умею    | Нужен инвайт код    | Такого инвайт кода | Инвайт код принят    | отменено  | Подписки пока нет   | Что мы храним | только команды | Такой команды нет
          en | Eve Stone  | Hello        | What I can do | You need an invite  | No such invite     | Invite code accepted | Cancelled | No subscription yet | What we keep  | commands only  | no such command
          """)
  void everyCommand(
      String language,
      String name,
      String hello,
      String help,
      String needed,
      String wrong,
      String accepted,
      String cancelled,
      String none,
      String privacy,
      String chatter,
      String unknown) {
    var person =
        town.telegram()
            .newPerson(
                Map.of(
                    "first_name", name,
                    "phone", language.equals("ru") ? "+79005550103" : "+79005550104",
                    "language", language));
    try (var context = chromium.context(1280, 800)) {
      var page = chats(context, language, name);
      say(person, page, "/start", hello, "start", language);
      say(person, page, "/help", help, "help", language);
      say(person, page, "/login", needed, "login-needs-invite", language);
      say(person, page, "/login AAAAAAAAAAAA", wrong, "login-unknown", language);
      say(person, page, "/login " + town.invite("premium", 1), accepted, "login", language);
      say(person, page, "/cancel", cancelled, "cancel", language);
      say(person, page, "/subscription", none, "subscription-none", language);
      say(person, page, "/privacy", privacy, "privacy", language);
      say(person, page, language.equals("ru") ? "привет" : "hi", chatter, "chatter", language);
      say(person, page, "/invite premium", unknown, "unknown", language);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ru | Для владельца    | Тарифы: | Приглашение готово  | Статус в БД            | Стереть все данные аккаунта | Ничего не стёрто   | базе такого номера  | Не стирать
          en | For the operator | Plans:  | The invite is ready | Status in the database | Erase all data of this      | Nothing was erased | no such number      | Erase nothing
          """)
  void everyCommandOfAnAdmin(
      String language,
      String help,
      String usage,
      String made,
      String status,
      String question,
      String kept,
      String phone,
      String no) {
    var admin = town.admin();
    town.telegram().patch("/sandbox/users/" + admin.id(), Map.of("language", language));
    try (var context = chromium.context(1280, 800)) {
      var page = chats(context, language, "Оператор");
      admin.send("/start");
      say(admin, page, "/help", help, "admin-help", language);
      say(admin, page, "/invite", usage, "admin-invite-usage", language);
      say(admin, page, "/invite premium 10 30", made, "admin-invite", language);
      say(admin, page, "/debug_status", status, "admin-status", language);
      say(admin, page, "/debug_test_phone +79990000000", phone, "admin-phone", language);
      say(admin, page, "/debug_reset", question, "admin-reset-asked", language);
      admin.tap(admin.awaitMessage(question), no);
      see(admin, page, kept);
      take(page, "admin-reset-kept", language);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ru | Вера Орлова | Событий пока нет | Кто-то входит | Вы записаны: Ночная | Вы записаны       | 🔔 Сообщать | 🔕 Не сообщать
          en | Tom Reed    | No events yet    | Someone is    | You are signed up:  | You are signed up | 🔔 Tell me  | 🔕 No more news
          """)
  void theEventsOfAMember(
      String language,
      String name,
      String none,
      String question,
      String signedUp,
      String upcoming,
      String wanted,
      String unwanted) {
    var person =
        town.telegram()
            .newPerson(
                Map.of(
                    "first_name", name,
                    "phone", language.equals("ru") ? "+79005550105" : "+79005550106",
                    "language", language));
    try (var context = chromium.context(1280, 800);
        var site = new SitePage(town, chromium)) {
      var page = chats(context, language, name);
      say(person, page, "/events", none, "events-none", language);
      var event = event(language);
      site.open(event.path());
      var number = site.text(".event-number b");
      person.send("/start " + site.botParameter());
      person.tap(person.awaitMessage(question), number);
      see(person, page, signedUp);
      person.send("/events");
      var list = see(person, page, upcoming);
      take(page, "events", language);
      person.tap(list, wanted);
      page.getByText(unwanted).first().waitFor();
      take(page, "events-news", language);

      boolean russian = language.equals("ru");
      person.tap(person.awaitMessage(upcoming), russian ? "✖️ Не приду" : "✖️ I cannot come");
      var asked = see(person, page, russian ? "Отдать место?" : "Give your place up?");
      take(page, "events-leave", language);
      person.tap(asked, russian ? "Отдать место" : "Give it up");
      see(person, page, russian ? "Место отдано" : "Your place is free");
      take(page, "events-left", language);
      site.reload();
      site.press("Записаться");
      site.says(".event-panel-title", "вы записаны");
      town.clubs().cancel(event);
      see(person, page, russian ? "Событие отменено." : "Event cancelled.");
      take(page, "event-cancelled", language);
    }
  }

  private static Event event(String language) {
    var desk = town.clubs();
    var club =
        desk.createOrganization(
            new Slug("north-shore-" + language),
            language.equals("ru") ? "Клуб «Северный берег»" : "North Shore Club",
            ZoneId.of("Europe/Moscow"));
    return desk.createEvent(
        club,
        new EventDraft(
            language.equals("ru") ? "Ночная прогулка" : "A walk at night",
            Instant.now().plus(Duration.ofDays(3)),
            Duration.ofHours(2),
            language.equals("ru") ? "Санкт-Петербург" : "Saint Petersburg",
            language.equals("ru") ? "Набережная, 5" : "Embankment, 5",
            OptionalInt.of(40)));
  }

  private static Page chats(BrowserContext context, String language, String name) {
    var page = context.newPage();
    page.addInitScript("localStorage.setItem('language', '%s')".formatted(language));
    page.navigate(town.sandboxUrl().toString());
    page.waitForSelector("body[data-ready]");
    page.getByText(name).first().click();
    return page;
  }

  private static void say(
      SandboxPerson person, Page page, String text, String answer, String state, String language) {
    person.send(text);
    see(person, page, answer);
    take(page, state, language);
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
            .setPath(Camera.directory().resolve("chat-%s-%s.png".formatted(state, language))));
  }
}
