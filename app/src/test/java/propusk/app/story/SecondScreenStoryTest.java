package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import propusk.miniapp.browser.Chromium;
import propusk.miniapp.browser.QrReader;
import propusk.miniapp.browser.TelegramApp;

/// A phone, a computer beside it and a two-step password, with the real TDLib in a worker.
class SecondScreenStoryTest {
  private static final String PASSWORD = "canary-кот2019";

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

  @AfterEach
  void nothingGoesWrongAnyMore() {
    town.telegram().noFaults();
  }

  @Test
  void theCodeOnThePhoneBringsTheQrToTheComputerAndThePhoneClosesItself() {
    var ilya = town.person("Илья");
    try (var phone = LoginPage.open(chromium, ilya, town.invite("premium", 1), "android");
        var computer = computer(town.baseUrl() + "/connect")) {
      computer.see("#code").fill(phone.app().text("#second-code").replaceAll("\\s", ""));
      phone.says("#opened-title", "Код открыт на компьютере");
      ilya.scan(scanned(computer));
      phone.says("#done-title", "Авторизация успешна!");
      phone.closesItself();
      computer.says("#view-completed", "подключён");
      assertEquals(List.of(), computer.complaints());
    }
    assertEquals(1, ilya.sessions().size());
  }

  @Test
  void theLinkOpensTheSecondScreenWhichGoesOnToThePasswordByItself() {
    var logs = new WebLog();
    var ilya = town.person("Илья");
    ilya.setPassword(PASSWORD, "кличка + год");
    ilya.moveTo(4);
    try (var phone = LoginPage.open(chromium, ilya, town.invite("premium", 1), "android");
        var computer = computer(pageLink(phone))) {
      computer.see(".panel button").click();
      ilya.scan(scanned(computer));
      computer.says("#view-password", "Подсказка, которую вы оставили: кличка + год");
      phone.says("#view-password h1", "Остался облачный пароль");

      submit(computer, PASSWORD + "!");
      computer.says("#password-wrong", "Осталось 2 попытки из 3");
      submit(computer, PASSWORD);

      computer.says("#view-completed", "подключён");
      phone.says("#done-title", "Авторизация успешна!");
      phone.closesItself();
      assertFalse(computer.page().url().contains("canary"));
    }
    // T21: the password is nowhere.
    assertFalse(logs.end().contains("canary"));
    assertFalse(town.workerLog().contains("canary"));
    assertEquals(List.of(), town.rows().tablesWith("canary"));
    assertTrue(ilya.messages().stream().noneMatch(said -> said.text().contains("canary")));
    assertEquals(Map.of("live", 1L), town.rows().sessionStates(ilya));
  }

  @Test
  void threeWrongPasswordsEndTheLoginAndLeaveNoSession() {
    var ilya = town.person("Илья");
    ilya.setPassword(PASSWORD);
    try (var page = LoginPage.open(chromium, ilya, town.invite("premium", 1))) {
      ilya.scan(page.scannedFromScreen());
      try (var browser = computer(passwordLink(page))) {
        browser.says(".panel", "Илья");
        browser.see(".panel button").click();
        for (var left : List.of("Осталось 2 попытки", "Осталась последняя попытка")) {
          submit(browser, "не тот");
          browser.says("#password-wrong", left);
        }
        submit(browser, "не тот");
        browser.says("#end-title", "Пароль не подошёл три раза");
        page.says("#end-title", "Пароль не подошёл три раза");
      }
    }
    ilya.awaitMessage("ароль");
    assertEquals(List.of(), ilya.sessions());
  }

  @Test
  void whileTelegramDoesNotRenewTheCodeIsGreyAndItComesBackByItself() {
    town.telegram().faults(Map.of("login_token_seconds", 5));
    var ilya = town.person("Илья");
    try (var page = LoginPage.open(chromium, ilya, town.invite("premium", 1))) {
      page.scannedFromScreen();
      town.telegram().faults(Map.of("login_token_seconds", 5, "offline", true));
      page.app().see("#pass-veil");
      page.says("#state", "Telegram пока не отвечает");
      assertEquals(Optional.empty(), QrReader.read(page.app().screenshot()));
      town.telegram().noFaults();
      ilya.scan(page.scannedFromScreen());
      page.says("#done-title", "Авторизация успешна!");
    }
  }

  private static TelegramApp computer(String url) {
    var computer = new TelegramApp(chromium.context(1280, 800), false);
    computer.page().setDefaultTimeout((double) Await.PATIENCE.toMillis());
    return computer.open(url);
  }

  private static String scanned(TelegramApp screen) {
    screen.see("#pass-code svg");
    return Await.value(
        "a QR code on the second screen",
        Duration.ofSeconds(60),
        () -> QrReader.read(screen.screenshot()));
  }

  private static String pageLink(LoginPage phone) {
    phone.app().page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    phone.app().see("#copy-page-link").click();
    phone.says("#copy-page-link", "Ссылка скопирована");
    return phone.app().page().evaluate("() => navigator.clipboard.readText()").toString();
  }

  private static String passwordLink(LoginPage page) {
    page.app().see("#password-go").click();
    page.app().hears("web_app_open_link");
    return page.app().dataOf("web_app_open_link").replaceAll(".*\"url\":\"([^\"]*)\".*", "$1");
  }

  private static void submit(TelegramApp browser, String password) {
    browser.see("#password").fill(password);
    browser.page().locator("#confirm").click();
  }

  /// Everything that the web process, which runs here, logs from now on.
  private static final class WebLog {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    WebLog() {
      lines.start();
      logger.addAppender(lines);
      ((Logger) LoggerFactory.getLogger("propusk")).setLevel(Level.DEBUG);
    }

    String end() {
      logger.detachAppender(lines);
      ((Logger) LoggerFactory.getLogger("propusk")).setLevel(before);
      var said = new ArrayList<String>();
      List.copyOf(lines.list).forEach(line -> said.add(line.getFormattedMessage()));
      assertFalse(said.isEmpty());
      return String.join("\n", said);
    }
  }
}
