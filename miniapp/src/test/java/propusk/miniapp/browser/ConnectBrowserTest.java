package propusk.miniapp.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Claim;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.seal.Secret;
import propusk.domain.worker.WorkerProcess;
import propusk.domain.worker.Workers;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Launch.Theme;

/// A phone with the Mini App and a computer beside it, both in a real Chromium.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectBrowserTest {
  private static final Duration LIFE = Duration.ofSeconds(30);

  private final MiniAppWorld world = new MiniAppWorld();
  private final Chromium chromium = new Chromium();
  private Account ilya = world.ilya(Language.RU);
  private Login login = world.requested(ilya);
  private TelegramApp phone = new TelegramApp(chromium.context(390, 844), true);
  private TelegramApp computer = new TelegramApp(chromium.context(1280, 800), false);

  @BeforeEach
  void ask() {
    ilya = world.ilya(Language.RU);
    login = world.requested(ilya);
    phone.close();
    computer.close();
    phone = new TelegramApp(chromium.context(390, 844), true);
    computer = new TelegramApp(chromium.context(1280, 800), false);
    world.domain.clock.advance(Duration.ofSeconds(1));
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    phone.open(new Launch(world.initData(ilya), "android", Theme.LIGHT).url(world.base, login));
    phone.see("#second");
  }

  @AfterEach
  void nothingWentWrongInTheBrowsers() {
    assertEquals(List.of(), phone.complaints());
    assertEquals(List.of(), computer.complaints());
  }

  @AfterAll
  void close() {
    phone.close();
    computer.close();
    chromium.close();
    world.close();
  }

  @Test
  void theCodeOnThePhoneBringsTheQrToTheComputerAndThePhoneFollowsToTheEnd() {
    assertEquals(world.base.getAuthority() + "/connect", phone.text("#second-address"));
    computer.open(world.base + "/connect");
    var code = code();
    computer.page().locator("#code").pressSequentially(code.toLowerCase(Locale.ROOT));
    computer.says("#view-scan h1", "Отсканируйте код телефоном");
    assertEquals(world.base.resolve("/connect/screen").toString(), computer.page().url());
    computer.says("#view-scan", "Илья К.");
    phone.says("#opened-title", "Код открыт на компьютере");
    phone.says(".opened", "Chrome на Linux");
    phone.says(".opened", "только что. Это ваш компьютер?");
    var claim = world.claim();
    var link = world.link(claim, LIFE);
    computer.see("#pass-code svg");
    assertEquals(Optional.of(link.value()), QrReader.read(computer.screenshot()));

    world.complete(claim, ilya);

    computer.says("#view-completed", "Telegram для @ilya_kozlov подключён");
    phone.says("#done-title", "Авторизация успешна!");
    phone.hears("web_app_close");
  }

  @Test
  void theLinkAsksFirstNamesWhoseLoginItIsAndWorksOnce() {
    phone.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    phone.page().locator("#copy-page-link").click();
    phone.says("#copy-page-link", "Ссылка скопирована");
    var link = phone.page().evaluate("() => navigator.clipboard.readText()").toString();
    computer.open(link);
    computer.says(".panel", "@ilya_kozlov");
    computer.open(link);
    computer.see(".panel button").click();
    computer.see("#pass-wait");
    try (var other = new TelegramApp(chromium.context(1280, 800), false)) {
      other.open(link);
      other.says("h1", "Такой ссылки нет");
    }
    // Back and forth in the browser that has it.
    computer.open(link);
    computer.see("#view-scan");
    computer.open(world.base + "/connect/screen");
    computer.see("#view-scan");
  }

  /// T11: what follows links by itself spends nothing.
  @Test
  void previewsThatGetALinkManyTimesDoNotSpendIt() {
    var link = world.status(login, world.bearer(login, ilya)).path("connect").path("link");
    var path = URI.create(link.stringValue()).getPath();
    for (int i = 0; i < 20; i++) {
      assertEquals(200, world.get(path).statusCode());
    }
    assertEquals(303, world.post(path, "").statusCode(), "the first POST wins");
    assertEquals(409, world.post(path, "").statusCode(), "and the last one too");
    assertEquals(404, world.get(path).statusCode());
  }

  @Test
  void wrongCodesRunOutAndTheRightOneIsNotTakenAnyMore() {
    computer.open(world.base + "/connect");
    for (var left : List.of("Осталось 4 попытки", "Осталось 3 попытки", "Осталось 2 попытки")) {
      type("AAAAAA");
      computer.says("#code-wrong", "Такого кода нет. " + left);
    }
    type("AAAAAA");
    computer.says("#code-wrong", "Осталась 1 попытка");
    type("AAAAAA");
    computer.says("#code-wrong", "Попыток больше нет");
    type(code());
    computer.says("#code-wrong", "Слишком много попыток. Снова можно в");
    assertFalse(computer.page().locator("#code-wrong").innerText().contains("UTC"));
    assertTrue(phone.page().locator("#second").isVisible(), "the phone's code still stands");
  }

  @Test
  void thePhoneStopsAStrangersComputer() {
    open();
    world.link(world.claim(), LIFE);
    phone.see("#view-scan .at-end [data-stop]").click();
    computer.says("#end-title", "Подключение отменено");
    phone.says("#end-title", "Подключение отменено");
  }

  @Test
  void aReloadAndASecondTabShowTheSameCode() {
    open();
    var link = world.link(world.claim(), LIFE);
    computer.see("#pass-code svg");
    computer.page().reload();
    computer.see("#pass-code svg");
    BrowserContext same = computer.page().context();
    var tab = same.newPage();
    tab.navigate(world.base + "/connect/screen");
    tab.locator("#pass-code svg").waitFor();
    assertEquals(Optional.of(link.value()), QrReader.read(tab.screenshot()));
    tab.close();
  }

  @Test
  void aCodeIsSwappedWithoutAnEmptyFrameInTheSamePlace() {
    open();
    var claim = world.claim();
    world.link(claim, LIFE);
    computer.see("#pass-code svg");
    computer
        .page()
        .evaluate(
            """
            () => {
              window.frames_ = [];
              const look = () => {
                const svg = document.querySelector('#pass-code svg');
                const box = svg?.getBoundingClientRect();
                const shown = svg && svg.checkVisibility({ opacityProperty: true });
                window.frames_.push([shown ? [box.x, box.y, box.width].join() : 'blank', svg?.outerHTML.length && svg.innerHTML]);
                requestAnimationFrame(look);
              };
              look();
            }
            """);
    for (int i = 0; i < 3; i++) {
      var next = world.link(claim, LIFE);
      awaitCode(next);
    }
    var places = "() => [...new Set(window.frames_.map(([place]) => place))].length";
    assertEquals(1, computer.page().evaluate(places));
    var codes = "() => [...new Set(window.frames_.map(([, code]) => code))].length";
    assertEquals(4, computer.page().evaluate(codes));
    assertFalse(
        (Boolean) computer.page().evaluate("() => window.frames_.some(([p]) => p === 'blank')"));
  }

  @Test
  void aCodeThatIsNotRenewedIsGreyWithinFiveSecondsAndComesBackByItself() {
    open();
    var claim = world.claim();
    world.link(claim, Duration.ofSeconds(2));
    computer.see("#pass-code svg");
    long start = System.nanoTime();
    computer.see("#pass-veil");
    assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(7)) < 0);
    computer.says("#state", "Telegram пока не отвечает");
    assertEquals(Optional.empty(), QrReader.read(computer.screenshot()));
    var link = world.link(claim, LIFE);
    awaitCode(link);
    computer.says("#state", "Ожидание авторизации");
    phone.says("#state", "Ожидание авторизации");
  }

  @Test
  void thePasswordIsTypedOnTheWebsiteOnlyAndThreeWrongOnesEndIt() {
    open();
    var claim = askPassword();
    // The second screen goes on by itself; the Mini App has no field for it.
    computer.says("#view-password", "Для аккаунта @ilya_kozlov");
    computer.says("#view-password", "Подсказка, которую вы оставили: кличка + год");
    computer.says("#view-password", world.base.getAuthority());
    phone.says("#view-password h1", "Остался облачный пароль");
    assertEquals(0, phone.page().locator("input[type=password]").count());

    for (var words : List.of("Осталось 2 попытки из 3", "Осталась последняя попытка из 3")) {
      submit("не тот");
      computer.says("#confirm-words", "Telegram проверяет пароль");
      assertEquals("не тот", taken(claim).value());
      world.apply(claim, new LoginEvent.PasswordRefused());
      computer.says("#password-wrong", words);
      assertEquals("", computer.page().locator("#password").inputValue());
    }
    submit("опять не тот");
    taken(claim);
    world.apply(claim, new LoginEvent.PasswordRefused());
    computer.says("#end-title", "Пароль не подошёл три раза");
    phone.says("#end-title", "Пароль не подошёл три раза");
  }

  /// T24: the page names the person before it asks.
  @Test
  void aPasswordLinkOpensOnceInAnOrdinaryBrowserAndNamesTheAccount() {
    var claim = askPassword();
    phone.says("#password-where", "Откроется " + world.base.getAuthority());
    var first = passwordLink();
    var second = passwordLink();
    computer.open(first);
    computer.says("h1", "Ссылка уже использована");
    computer.open(second);
    computer.says(".panel", "для аккаунта @ilya_kozlov");
    computer.see(".panel button").click();
    computer.says("#view-password", "Для аккаунта @ilya_kozlov");
    try (var other = new TelegramApp(chromium.context(1280, 800), false)) {
      other.open(second);
      other.says("h1", "Ссылка уже использована");
    }
    computer.page().reload();
    submit("кот2019");
    assertEquals("кот2019", taken(claim).value());
    world.complete(claim, ilya);
    computer.says("#view-completed", "Эту страницу можно закрыть");
    phone.hears("web_app_close");
  }

  @Test
  void withoutScriptsTheFormAnswersWhenTelegramHas() {
    var claim = askPassword();
    try (var plain = new TelegramApp(chromium.withoutScripts(), false)) {
      plain.open(passwordLink());
      plain.see(".panel button").click();
      plain.see("#password").fill("не тот");
      plain.page().keyboard().press("Enter");
      taken(claim);
      world.apply(claim, new LoginEvent.PasswordRefused());
      plain.says("#password-wrong", "Осталось 2 попытки из 3");
    }
  }

  @Test
  void whileEveryPlaceIsTakenThePageSaysHowLongAtMostAndMovesOnByItself() {
    // Workers of other tests are gone by then; one is left, with one place.
    world.domain.clock.advance(Workers.LEASE);
    var process = new WorkerProcess("small-host", 1, 1);
    var worker = world.domain.in(handle -> world.domain.workers.register(handle, process, 1));
    var anna = world.domain.person(42, "Анна");
    world.bearer(world.requested(anna), anna);
    var busy =
        world.domain.in(h -> world.domain.runs.claim(h, worker, "small-host", 9)).stream()
            .filter(claim -> claim.login().account().equals(Optional.of(anna)))
            .findFirst();
    assertTrue(busy.isPresent());
    ilya = world.ilya(Language.RU);
    login = world.requested(ilya);
    world.domain.clock.advance(Duration.ofSeconds(1));
    phone.open(new Launch(world.initData(ilya), "tdesktop", Theme.LIGHT).url(world.base, login));
    phone.says("#state", "Все места заняты. Ждать не больше");
    computer.open(world.base + "/connect");
    type(
        world
            .status(login, world.bearer(login, ilya))
            .path("connect")
            .path("code")
            .stringValue()
            .replace(" ", ""));
    computer.says("#state", "Все места заняты. Ждать не больше");
    var claim = world.claim();
    world.link(claim, LIFE);
    phone.says("#state", "Ожидание авторизации");
    computer.says("#state", "Ожидание авторизации");
  }

  private String passwordLink() {
    phone.page().evaluate("() => { window.heard = []; }");
    phone.page().locator("#password-go").click();
    phone.hears("web_app_open_link");
    return world.tree(phone.dataOf("web_app_open_link")).path("url").stringValue();
  }

  private Claim askPassword() {
    var claim = world.claim();
    world.link(claim, LIFE);
    world.apply(claim, new LoginEvent.PasswordAsked(Optional.of("кличка + год")));
    phone.see("#view-password");
    return claim;
  }

  private void submit(String password) {
    computer.see("#password").fill(password);
    computer.page().locator("#confirm").click();
  }

  /// As a worker takes it: it is gone afterwards.
  private Secret taken(Claim claim) {
    for (int tries = 0; tries < 200; tries++) {
      var taken = world.domain.in(handle -> world.domain.runs.takePassword(handle, claim));
      if (taken.isPresent()) {
        return taken.get();
      }
      phone.page().waitForTimeout(25);
    }
    throw new AssertionError("no password came");
  }

  private String code() {
    return phone.text("#second-code").replaceAll("\\s", "");
  }

  private void open() {
    computer.open(world.base + "/connect");
    type(code());
    computer.see("#view-scan");
  }

  private void type(String code) {
    computer.see("#code").fill(code);
  }

  private void awaitCode(Secret link) {
    for (int tries = 0; tries < 100; tries++) {
      if (QrReader.read(computer.screenshot()).filter(link.value()::equals).isPresent()) {
        return;
      }
      computer.page().waitForTimeout(50);
    }
    throw new AssertionError("the code did not come");
  }
}
