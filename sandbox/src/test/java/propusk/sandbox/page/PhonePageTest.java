package propusk.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.SandboxFixture;
import propusk.sandbox.dc.ShownCode;

/// The page's phone and a program that really waits for its code to be scanned.
final class PhonePageTest {
  private static final long ILYA = 5_000_000_001L;

  private static PageBrowser browser;

  @TempDir Path directory;
  private SandboxFixture fixture;
  private Page page;

  @BeforeAll
  static void launch() {
    browser = new PageBrowser();
  }

  @AfterAll
  static void quit() {
    browser.close();
  }

  @BeforeEach
  void start() {
    fixture = SandboxFixture.start(directory);
    page = browser.open(fixture.sandbox().url(), 1280, 800, "ru-RU");
  }

  @AfterEach
  void stop() {
    var troubles = browser.closePages();
    fixture.close();
    assertEquals(List.of(), troubles);
  }

  @Test
  void seesACodeLetsTheProgramInAndEndsItsSession() throws IOException {
    try (var code = ShownCode.by(fixture.sandbox().dataCentre())) {
      finder().click();
      assertThat(page.locator(".ask")).containsText("Впустить «Test»?");
      button("Да, подключить").click();
      assertThat(page.locator(".connected")).containsText("«Test» теперь в аккаунте Илья");
      assertEquals(1, fixture.client().person(ILYA).sessions().size());
      button("Завершить сеанс «Test»").click();
      button("Завершить").click();
      assertThat(page.locator(".connected")).containsText("больше не в аккаунте Илья");
      assertThat(page.locator(".session")).hasCount(2);
      assertEquals(List.of(), fixture.client().codes());
      assertEquals(false, code.link().isEmpty());
    }
  }

  @Test
  void waitsWhereAPasswordIsSetAndShowsIt() throws IOException {
    fixture.client().person(ILYA).setPassword("песок-2026");
    try (var code = ShownCode.by(fixture.sandbox().dataCentre())) {
      page.getByLabel("Ссылка входа").fill(code.link());
      button("Сканировать").click();
      button("Да, подключить").click();
      assertThat(page.locator(".ask")).containsText("Код принят");
      assertThat(page.locator(".secret")).hasText("песок-2026");
    }
  }

  @Test
  void saysThatACodeIsOld() throws IOException {
    try (var code = ShownCode.by(fixture.sandbox().dataCentre())) {
      assertThat(finder()).isVisible();
      page.locator(".bar-skip").click();
      page.locator(".bar-skip").click();
      assertThat(finder()).hasCount(0);
      page.getByLabel("Ссылка входа").fill(code.link());
      button("Сканировать").click();
      button("Да, подключить").click();
      assertThat(page.getByRole(AriaRole.ALERT)).hasText("Код устарел, возьмите новый с экрана");
    }
  }

  private Locator finder() {
    return page.locator("button.finder");
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
