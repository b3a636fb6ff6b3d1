package propusk.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.sandbox.SandboxFixture;
import propusk.sandbox.person.SandboxPerson;

/// The page in a real browser: a person plays both the computer and the phone.
final class SandboxPageTest {
  private static final long ILYA = 5_000_000_001L;
  private static PageBrowser browser;

  @TempDir Path directory;
  private SandboxFixture fixture;
  private MiniAppPage miniApp;
  private SandboxPerson ilya;

  @BeforeAll
  static void launch() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void quit() {
    browser.close();
  }

  @BeforeEach
  void start() throws IOException {
    fixture = SandboxFixture.start(directory);
    miniApp = MiniAppPage.start();
    ilya = fixture.client().person(ILYA);
  }

  @AfterEach
  void stop() {
    var troubles = browser.closePages();
    miniApp.close();
    fixture.close();
    assertEquals(List.of(), troubles);
  }

  @Test
  void writesToTheBotAndShowsItsAnswerAtOnce() {
    var page = open(1280, 800, "ru-RU");
    page.getByLabel("Сообщение боту").fill("/login 3HBP4Z3ECICZ");
    page.getByLabel("Сообщение боту").press("Enter");
    assertThat(page.locator(".message.own")).containsText("/login 3HBP4Z3ECICZ");
    answer("Подписка: <b>Premium</b>", List.of());
    assertThat(page.locator(".message b")).hasText("Premium");
    assertThat(page.getByLabel("Сообщение боту")).hasValue("");
    page.close();
  }

  @Test
  void neverTurnsForeignTextIntoMarkup() {
    var nasty = "<img src=x onerror=alert(1)>\"'&amp;";
    fixture.client().newPerson(nasty.substring(0, 28), "");
    ilya.send(nasty);
    var page = open(1280, 800, "ru-RU");
    assertThat(page.locator(".message.own .text")).hasText(nasty);
    assertThat(page.locator("img")).hasCount(0);
    page.close();
  }

  @Test
  void opensTheMiniAppInAFrameAndClosesItWhenTheMiniAppAsks() {
    ilya.send("/login");
    answer("Нажмите", List.of(Map.of("text", "Открыть", "web_app", Map.of("url", miniApp.url()))));
    var page = open(1280, 800, "ru-RU");
    button(page, "Открыть").click();
    var frame = frame(page);
    assertThat(frame.locator("#data")).containsText("tgWebAppPlatform=weba");
    assertThat(frame.locator("#events")).containsText("theme_changed");
    assertThat(frame.locator("#events")).containsText("viewport_changed");
    frame.locator("#back").click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Назад")).click();
    assertThat(frame.locator("#events")).containsText("back_button_pressed");
    frame.locator("#link").click();
    assertThat(page.locator(".sheet-link")).hasText("Открыть propusk.example");
    // Not by the mouse: the frame moves when the link's line appears above it.
    frame.locator("#close").dispatchEvent("click");
    assertThat(page.locator("#sheet")).isHidden();
    page.close();
  }

  private static FrameLocator frame(Page page) {
    return page.frameLocator("iframe");
  }

  @Test
  void tellsWhatIsWrongWithALink() {
    var page = open(1280, 800, "ru-RU");
    page.getByLabel("Ссылка входа").fill("https://example.com");
    button(page, "Сканировать").click();
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("Это не ссылка входа");
    page.getByLabel("Ссылка входа").fill("tg://login?token=" + "A".repeat(43));
    button(page, "Сканировать").click();
    assertThat(page.locator(".ask")).containsText("Впустить эту программу?");
    button(page, "Да, подключить").click();
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText("Это ссылка настоящего Telegram, песочница её не принимает");
    page.close();
  }

  @Test
  void findsTheCodeOnADroppedScreenshot() throws IOException {
    var page = open(1280, 800, "en-GB");
    var picture = Pictures.screenWith("tg://login?token=" + "B".repeat(43));
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    page.locator("input[type=file]")
        .setInputFiles(new FilePayload("screen.png", "image/png", bytes.toByteArray()));
    assertThat(page.locator(".ask")).containsText("Let this program in?");
    button(page, "No").click();
    page.locator("input[type=file]")
        .setInputFiles(new FilePayload("text.png", "image/png", new byte[] {1, 2, 3}));
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("There is no QR code in the picture");
    page.close();
  }

  @Test
  void makesSomebodyNewWhosePhoneItThenIs() {
    var page = open(1280, 800, "ru-RU");
    button(page, "Новый человек").click();
    page.getByLabel("Имя", new Page.GetByLabelOptions().setExact(true)).fill("Пётр");
    button(page, "Создать").click();
    assertThat(page.locator("#phone .chip[aria-pressed=true]")).hasText("Пётр");
    assertThat(page.locator("#window-head .chip[aria-pressed=true]")).hasText("Илья");
    page.close();
  }

  @Test
  void breaksThingsMovesTimeAndStartsOver() {
    var page = open(1280, 800, "ru-RU");
    page.locator(".bar-skip").click();
    assertThat(page.locator(".bar-clock"))
        .hasAttribute("title", "Время песочницы. Впереди вашего на 0:30");
    page.locator(".bar-break").click();
    page.getByText("Telegram недоступен").click();
    assertThat(page.locator(".bar-count")).hasText("1");
    assertTrue(fixture.sandbox().world().faults().offline());
    button(page, "Починить всё").click();
    assertThat(page.locator(".bar-count")).hasCount(0);
    button(page, "Готово").click();
    ilya.send("/start");
    assertThat(page.locator(".message")).hasCount(1);
    page.locator(".bar-reset").click();
    button(page, "Да, начать сначала").click();
    assertThat(page.locator(".message")).hasCount(0);
    page.close();
  }

  @Test
  void speaksTheLanguageOfTheBrowserUntilSwitched() {
    var page = open(1280, 800, "en-GB");
    assertThat(page.locator(".bar-name")).hasText("SANDBOX");
    page.locator(".bar-language").click();
    assertThat(page.locator(".bar-name")).hasText("ПЕСОЧНИЦА");
    assertThat(page.locator("html")).hasAttribute("lang", "ru");
    assertThat(page.locator("#phone h2")).hasText("Устройства");
    page.close();
  }

  @Test
  void offersToStartABotByItsLink() {
    var page = open(1280, 800, "ru-RU");
    page.navigate(fixture.sandbox().url() + "/north_bot?start=auth_abc");
    button(page, "Запустить бота по ссылке").click();
    assertThat(page.locator(".message.own")).containsText("/start auth_abc");
    assertEquals("/start auth_abc", ilya.with("north_bot").messages().getFirst().text());
    page.close();
  }

  @ParameterizedTest
  @CsvSource({"1280,800", "1024,768", "390,844", "320,568"})
  void fitsTheWindow(int width, int height) {
    ilya.send("/login");
    answer("длинное".repeat(40), List.of(Map.of("text", "Да", "callback_data", "y")));
    var page = open(width, height, "ru-RU");
    var overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertEquals(0, overflow);
    assertThat(page.locator(".message .key")).isInViewport();
    page.close();
  }

  private Page open(int width, int height, String locale) {
    return browser.open(fixture.sandbox().url(), width, height, locale);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private void answer(String html, List<Map<String, Object>> buttons) {
    fixture
        .client()
        .post(
            "/bot" + SandboxFixture.BOT.token() + "/sendMessage",
            Map.of(
                "chat_id",
                ILYA,
                "text",
                html,
                "parse_mode",
                "HTML",
                "reply_markup",
                Map.of("inline_keyboard", List.of(buttons))));
  }
}
