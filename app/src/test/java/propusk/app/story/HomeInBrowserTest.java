package propusk.app.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.miniapp.browser.Chromium;
import propusk.sandbox.person.SandboxPerson;

/// From the bot's menu button to the website and out of it again, by a real browser: the chat, the
/// Mini App in its frame, and the website in tabs of its own.
class HomeInBrowserTest {
  private static Town town;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    town = Town.startWithoutWorker();
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Await.PATIENCE.toMillis());
  }

  @AfterAll
  static void end() {
    chromium.close();
    town.close();
  }

  @Test
  void theMenuButtonSignsInWithoutAClickAndOpensTheWebsite() {
    var lidia = greeted("Лидия");
    try (var context = chromium.context(1280, 800)) {
      var chat = context.newPage();
      chat.setDefaultTimeout((double) Await.PATIENCE.toMillis());
      chat.navigate(town.sandboxUrl().toString());
      chat.waitForSelector("body[data-ready]");
      chat.getByText("Лидия").first().click();
      press(chat, "Propusk");
      var home = chat.frameLocator("iframe");
      assertThat(home.locator("#home")).containsText("Telegram ещё не подключён");
      assertThat(home.locator("#home")).containsText("Сейчас нигде");
      home.locator("#open-site").click();
      var site = context.waitForPage(() -> chat.locator(".sheet-link").click());
      assertThat(site.locator(".middle h1")).hasText("Войти на сайт?");
      assertThat(site.locator(".who")).containsText("Лидия");
      press(site, "Войти");
      assertThat(site.locator(".middle h1")).hasText("Здравствуйте, Лидия");
      site.reload();
      assertThat(site.locator(".place")).containsText("этот браузер");
    }
    assertEquals(1, sessions(lidia));
  }

  @Test
  void leavingEverywhereClosesTheTabsOfOtherBrowsersByThemselves() {
    var anna = greeted("Анна");
    try (var one = chromium.context(390, 844);
        var two = chromium.context(1280, 800)) {
      var phone = entered(one.newPage(), anna);
      var computer = entered(two.newPage(), anna);
      assertEquals(2, sessions(anna));
      // The tab that is open already hears of the other one.
      assertThat(phone.locator(".place")).hasCount(2);
      computer.navigate(town.baseUrl().resolve("/account/sessions").toString());
      press(computer, "Выйти везде");
      assertThat(computer.locator(".middle h1")).hasText("Вход");
      assertThat(phone.locator(".middle h1")).hasText("Вход");
    }
    assertEquals(0, sessions(anna));
  }

  private static SandboxPerson greeted(String name) {
    var person = town.person(name);
    person.send("/start");
    person.awaitMessage("Здравствуйте");
    Await.until("the menu button", () -> person.openMenu().isPresent());
    return person;
  }

  /// A browser in which the home is opened, and which goes on to the website itself.
  private static Page entered(Page page, SandboxPerson person) {
    page.setDefaultTimeout((double) Await.PATIENCE.toMillis());
    page.navigate(person.openMenu().orElseThrow());
    page.locator("#open-site").click();
    assertThat(page.locator(".middle h1")).hasText("Войти на сайт?");
    press(page, "Войти");
    assertThat(page.locator(".middle h1")).containsText("Здравствуйте");
    return page;
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private static long sessions(SandboxPerson person) {
    return town.rows()
        .count(
            "SELECT count(*) FROM web_session s JOIN account a ON a.id = s.account_id"
                + " WHERE s.revoked_at IS NULL AND a.telegram_id = "
                + person.id());
  }
}
