package propusk.app.bench;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.app.story.LoginPage;
import propusk.app.story.MiniApp;
import propusk.app.story.Town;
import propusk.miniapp.browser.Chromium;

/// How long a person waits: from the tap to the code, and from the scan to success; commit and push
/// included. One login after another, with the sandbox, its data centre and PostgreSQL on the same
/// two cores.
class LoginBench {
  private static final int WARM_UP = 30;
  private static final int LOGINS = 200;
  private static final int BROWSER_LOGINS = 30;

  private static Town town;

  @BeforeAll
  static void start() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  void waitingTimesOverHttp() throws Exception {
    var invite = town.invite("premium", WARM_UP + LOGINS);
    var toCode = new ArrayList<Long>();
    var toSuccess = new ArrayList<Long>();
    for (int i = 0; i < WARM_UP + LOGINS; i++) {
      var person = town.person("Person " + i);
      person.send("/login " + invite);
      var accepted = person.awaitMessage("Premium");
      long tapped = System.nanoTime();
      var page = new MiniApp(person.tap(accepted, "QR").orElseThrow());
      page.page();
      page.open();
      var seen = new Seen();
      var reader = Thread.ofVirtual().start(() -> page.events().forEach(seen::line));
      long shown = seen.code().get(30, TimeUnit.SECONDS);
      var link = page.link();
      long scanned = System.nanoTime();
      person.scan(link);
      long done = seen.success().get(30, TimeUnit.SECONDS);
      reader.join();
      if (i >= WARM_UP) {
        toCode.add(shown - tapped);
        toSuccess.add(done - scanned);
      }
    }
    Figures.spread("tap -> code in the page's event stream", toCode);
    Figures.spread("scan -> success in the page's event stream", toSuccess);
  }

  @Test
  void waitingTimesInChromium() throws Exception {
    var invite = town.invite("premium", BROWSER_LOGINS + 5);
    var toCode = new ArrayList<Long>();
    var toSuccess = new ArrayList<Long>();
    try (var chromium = new Chromium()) {
      for (int i = 0; i < BROWSER_LOGINS + 5; i++) {
        var person = town.person("Guest " + i);
        person.send("/login " + invite);
        var accepted = person.awaitMessage("Premium");
        long tapped = System.nanoTime();
        try (var page = LoginPage.tap(chromium, person, accepted)) {
          page.app().see("#pass-code svg");
          long shown = System.nanoTime();
          var link = page.scannedFromScreen();
          long scanned = System.nanoTime();
          person.scan(link);
          page.app().see("#done-title");
          long done = System.nanoTime();
          if (i >= 5) {
            toCode.add(shown - tapped);
            toSuccess.add(done - scanned);
          }
        }
      }
    }
    Figures.spread("tap -> code drawn by a fresh Chromium page", toCode);
    Figures.spread("scan -> success drawn by Chromium", toSuccess);
  }

  /// After the logins above: what an idle worker keeps.
  @Test
  void memoryOfTheWorker() {
    var megabytes = Usage.megabytes(town.workerProcess());
    Figures.say("memory of the worker process (RSS)", megabytes + " MB");
  }
}
