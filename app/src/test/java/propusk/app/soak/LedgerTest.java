package propusk.app.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.app.Wiring;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.launch.Owned;
import propusk.domain.session.TelegramSessionId;

/// The ledger finds what it is there to find: a real login is made wrong, in our rows or at
/// Telegram, and the violation is named.
class LedgerTest {
  private static Path directory;
  private static Machine machine;
  private static Book book;
  private static Ledger ledger;

  @BeforeAll
  static void start() throws IOException {
    directory = Files.createTempDirectory("propusk-ledger-");
    machine = Machine.start(directory);
    book = new Book(directory.resolve("book.jsonl"));
    ledger = new Ledger(machine, book);
  }

  @AfterAll
  static void end() throws Exception {
    machine.close();
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  @Test
  void aScanThatNeverEndedIsI1() throws Exception {
    var login = connected();
    planted(
        login,
        "I1",
        "approved and is still finalizing",
        "UPDATE login SET phase = 'finalizing', ended_at = NULL WHERE id = :login",
        "UPDATE login SET phase = 'completed', ended_at = now() WHERE id = :login");
  }

  @Test
  void anEndThatCameTooLateIsI1() throws Exception {
    var login = connected();
    planted(
        login,
        "I1",
        "ended at",
        "UPDATE login SET ended_at = ended_at + interval '10 minutes' WHERE id = :login",
        "UPDATE login SET ended_at = ended_at - interval '10 minutes' WHERE id = :login");
  }

  @Test
  void aRecoveryGivesALoginAnotherMinute() throws Exception {
    var login = connected();
    sql(login, "UPDATE login SET ended_at = ended_at + interval '61 seconds' WHERE id = :login");
    book.note(new Fact.Recovered(Instant.now().plus(Duration.ofSeconds(30))));
    assertEquals(List.of(), found(login, "I1"));
  }

  @Test
  void aUseThatIsCountedTwiceIsI2() throws Exception {
    var login = connected(2);
    planted(
        login,
        "I2",
        "2 of 2 used",
        "UPDATE invite SET used = used + 1 WHERE id = (SELECT invite_id FROM login WHERE id ="
            + " :login)",
        "UPDATE invite SET used = used - 1 WHERE id = (SELECT invite_id FROM login WHERE id ="
            + " :login)");
  }

  @Test
  void aUseThatIsHeldForNobodyIsI2() throws Exception {
    var login = connected(2);
    planted(
        login,
        "I2",
        "1 held",
        "UPDATE invite SET reserved = 1 WHERE id = (SELECT invite_id FROM login WHERE id = :login)",
        "UPDATE invite SET reserved = 0 WHERE id = (SELECT invite_id FROM login WHERE id ="
            + " :login)");
  }

  @Test
  void aRedemptionThatIsLostIsI2() throws Exception {
    var login = connected();
    planted(
        login,
        "I2",
        "0 redemptions",
        "DELETE FROM invite_redemption r USING login l WHERE l.id = :login AND r.invite_id ="
            + " l.invite_id",
        "INSERT INTO invite_redemption SELECT invite_id, account_id, now() FROM login WHERE id ="
            + " :login");
  }

  @Test
  void aSubscriptionThatIsLostIsI2() throws Exception {
    var login = connected();
    planted(
        login,
        "I2",
        "has no subscription",
        "DELETE FROM subscription s USING login l WHERE l.id = :login AND s.account_id ="
            + " l.account_id",
        "INSERT INTO subscription SELECT account_id, plan_code, now() FROM login WHERE id ="
            + " :login");
  }

  @Test
  void aLoginThatItsOwnerNeverApprovedIsI3() throws Exception {
    var owner = errand().open();
    var stranger = machine.telegram().newPerson("Мэллори", "");
    owner.scannedBy(stranger);
    assertEquals("failed", owner.awaitEnd());
    assertEquals(List.of(), ledger.judge(Set.of(owner.person().id(), stranger.id())));
    planted(
        owner,
        "I3",
        "its owner approved nothing",
        "UPDATE login SET phase = 'completed', end_code = NULL WHERE id = :login",
        "UPDATE login SET phase = 'failed', end_code = 'wrong_account' WHERE id = :login");
  }

  @Test
  void aStoredSessionOfSomebodyElseIsI3() throws Exception {
    var login = connected();
    planted(
        login,
        "I3",
        "is another account's",
        "UPDATE telegram_session s SET telegram_id = telegram_id + 1 FROM login l WHERE l.id ="
            + " :login AND s.account_id = l.account_id",
        "UPDATE telegram_session s SET telegram_id = telegram_id - 1 FROM login l WHERE l.id ="
            + " :login AND s.account_id = l.account_id");
  }

  @Test
  void aSessionAtTelegramThatNoRowKnowsIsI4() throws Exception {
    var login = connected();
    sql(
        login,
        "DELETE FROM telegram_session s USING login l WHERE l.id = :login AND s.account_id ="
            + " l.account_id");
    assertFound(login, "I4", "Telegram knows 1 sessions");
    login.person().revoke(login.person().sessions().getFirst().id(), "SESSION_REVOKED");
    assertEquals(List.of(), found(login, "I4"));
    sql(login, "UPDATE login SET phase = 'expired' WHERE id = :login");
    sql(
        login,
        "UPDATE invite SET used = 0 WHERE id = (SELECT invite_id FROM login WHERE id = :login)");
    sql(
        login,
        "DELETE FROM invite_redemption r USING login l WHERE l.id = :login AND r.invite_id ="
            + " l.invite_id");
  }

  @Test
  void aRowWhoseSessionTelegramDoesNotKnowIsI4() throws Exception {
    var login = connected();
    login.person().revoke(login.person().sessions().getFirst().id(), "SESSION_REVOKED");
    assertFound(login, "I4", "our rows 1");
  }

  @Test
  void twoClientsOnOneSessionAreI4() throws Exception {
    var login = connected();
    var session =
        machine
            .rows()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT id FROM telegram_session WHERE telegram_id = :id")
                    .bind("id", login.person().id())
                    .mapTo(String.class)
                    .map(TelegramSessionId::new)
                    .one());
    try (var owned = new Owned()) {
      var vault = Wiring.worker(otherWorker(), owned).vault();
      var seen = new ArrayList<Violation>();
      vault.use(
          session,
          _ -> {
            assertEquals(List.of(), found(login, "I4"));
            // As if the lease were not respected: the same files are opened once more.
            sql(
                login,
                "UPDATE telegram_session s SET worker_id = NULL FROM login l WHERE l.id = :login"
                    + " AND s.account_id = l.account_id");
            return vault.use(session, _ -> seen.addAll(found(login, "I4")));
          });
      assertTrue(seen.toString().contains("two clients live on session"), seen::toString);
    }
  }

  @Test
  void filesThatNoRowNamesAreLeftovers() throws Exception {
    var login = connected();
    var lost = machine.scratch().resolve("login").resolve("7").resolve("lost");
    Files.createDirectories(lost);
    assertFound(login, "leftover", "lost belongs to nobody");
    Files.delete(lost);
    assertEquals(List.of(), found(login, "leftover"));
  }

  @Test
  void aSecretThatOutlivesItsLoginIsALeftover() throws Exception {
    var login = connected();
    planted(
        login,
        "leftover",
        "still has a secret: link",
        "INSERT INTO login_secret VALUES (:login, 'link', '\\x00', now())",
        "DELETE FROM login_secret WHERE login_id = :login");
  }

  @Test
  void aMessageThatNobodySentIsALeftover() throws Exception {
    var login = connected();
    planted(
        login,
        "leftover",
        "is open",
        "INSERT INTO outbox (bot_id, chat_id, priority, kind, subject, due_at, created_at) "
            + "VALUES (1, 1, 0, 'login_ended', :login, now() + interval '1 hour', now())",
        "DELETE FROM outbox WHERE subject = :login AND bot_id = 1");
  }

  @Test
  void anEndThatWasToldAndIsNotInTheRowIsI6() throws Exception {
    var login = connected();
    planted(
        login,
        "I6",
        "was told to be completed",
        "UPDATE login SET phase = 'expired' WHERE id = :login",
        "UPDATE login SET phase = 'completed' WHERE id = :login");
  }

  @Test
  void aPageThatWasOpenedAndHasNoRowIsI6() throws Exception {
    var login = connected();
    planted(
        login,
        "I6",
        "was opened",
        "UPDATE login_page SET bearer_hash = sha256(bearer_hash) WHERE login_id = :login",
        "DELETE FROM login_page WHERE login_id = :login AND false");
  }

  @Test
  void aPromiseWithoutARowIsI6() throws Exception {
    var login = connected();
    book.note(new Fact.Promised("AAAAAAAAAAAAAAAAAAAAAA", login.person().id()));
    assertFound(login, "I6", "was promised");
  }

  @Test
  void aSuccessNobodyWasToldOfIsI5() throws Exception {
    var login = connected();
    var silent = machine.telegram().newPerson("Анна", "");
    planted(
        login,
        "I5",
        "heard of 1 successes of 2",
        "INSERT INTO login (id, account_id, purpose, bot_id, chat_id, phase, created_at, deadline,"
            + " ended_at, plan_code, language) SELECT 'AAAAAAAAAAAAAAAAAAAAA' || '1', account_id,"
            + " 're_login', bot_id, chat_id, 'completed', now(), now(), now(), plan_code, language"
            + " FROM login WHERE id = :login",
        "DELETE FROM login WHERE id = 'AAAAAAAAAAAAAAAAAAAAA1' AND :login <> ''");
    assertEquals(List.of(), ledger.check(Set.of(silent.id())));
  }

  private static void planted(
      Errand login, String invariant, String words, String plant, String mend) {
    sql(login, plant);
    try {
      assertFound(login, invariant, words);
    } finally {
      sql(login, mend);
    }
  }

  private static void assertFound(Errand login, String invariant, String words) {
    var found = found(login, invariant);
    assertTrue(
        found.stream().anyMatch(violation -> violation.what().contains(words)), found::toString);
  }

  private static List<Violation> found(Errand login, String invariant) {
    return ledger.check(Set.of(login.person().id())).stream()
        .filter(violation -> violation.invariant().equals(invariant))
        .toList();
  }

  private static Errand connected() throws InterruptedException {
    return connected(1);
  }

  /// A login that went well, with which the ledger is content.
  private static Errand connected(int uses) throws InterruptedException {
    var errand = errand(uses).open();
    assertTrue(errand.scannedBy(errand.person()));
    assertEquals("completed", errand.awaitEnd());
    assertEquals(List.of(), ledger.judge(Set.of(errand.person().id())));
    return errand;
  }

  private static Errand errand() {
    return errand(1);
  }

  private static Errand errand(int uses) {
    var person = machine.telegram().newPerson("Илья", "");
    return new Errand(book, person).ask(machine.invite(uses));
  }

  private static void sql(Errand login, String sql) {
    machine
        .rows()
        .useHandle(handle -> handle.createUpdate(sql).bind("login", login.login()).execute());
  }

  private static Config.Worker otherWorker() throws IOException {
    var own = Config.onlyFor(Role.WORKER, machine.settings());
    own.put("PROPUSK_OPS_PORT", "0");
    own.put("PROPUSK_STATE_DIR", Files.createDirectories(directory.resolve("other")).toString());
    return Config.worker(own);
  }
}
