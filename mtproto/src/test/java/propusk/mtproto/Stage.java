package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.invite.InviteCode;
import propusk.domain.login.Login;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginRequest;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.OpenOutcome;
import propusk.domain.login.RequestOutcome;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.session.TelegramSession;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.database.PatientDatabase;
import propusk.mtproto.login.LoginRules;
import propusk.mtproto.tdlib.TdLibrary;
import propusk.sandbox.dc.AcceptOutcome;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.DataCentreConfig;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// A sandbox's Telegram, the whole domain on a fresh database, and workers with the real TDLib
/// between them.
final class Stage implements AutoCloseable {
  static final String HOST = "host-a";

  final DomainWorld domain = new DomainWorld();
  final Path directory;
  final World telegram;
  final DataCentre dataCentre;
  private final HikariDataSource pool = pool(domain);
  private final Jdbi jdbi = Jdbi.create(pool);
  final byte[] vaultKey = domain.tokens.bytes(32);
  private final List<Runnable> open = new ArrayList<>();
  private LoginRules rules = LoginRules.USUAL;
  private int phones;

  /// A login that its owner has opened.
  record Opened(Login login, Account account, Person person, Secret bearer) {}

  Stage(Path directory) {
    this.directory = directory;
    this.telegram = World.open(directory.resolve("world"));
    this.dataCentre = DataCentre.start(telegram, DataCentreConfig.onFreePort());
  }

  <T> T in(Function<Handle, T> work) {
    try {
      return new PatientDatabase(jdbi).inTransaction(work::apply);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String sql) {
    return in(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /// Before a worker is started.
  void rules(LoginRules operators) {
    rules = operators;
  }

  MtprotoModule startWorker() throws InterruptedException {
    var notifications =
        new Notifications(
            domain.database.jdbcUrl(), domain.database.user(), domain.database.password());
    var module = new MtprotoModule(needs(notifications));
    module.start();
    notifications.start();
    open.add(notifications::close);
    open.add(module::close);
    return module;
  }

  Path workerState() {
    return directory.resolve("worker");
  }

  TelegramServers.Sandbox servers() {
    return new TelegramServers.Sandbox(
        dataCentre.host(), dataCentre.port(), dataCentre.proxySecret(), dataCentre.publicKeyPem());
  }

  Person person(String name) {
    phones++;
    return telegram.people().create(NewPerson.of(name, "+7900000" + (1000 + phones)));
  }

  /// `/login INVITE` in the chat and the tap on its button.
  Opened open(Person person) {
    return open(
        person,
        Optional.of(in(handle -> domain.invites.create(handle, "premium", 1, Optional.empty()))));
  }

  /// `/login` of somebody who has a subscription.
  Opened openAgain(Person person) {
    return open(person, Optional.empty());
  }

  private Opened open(Person person, Optional<InviteCode> invite) {
    var account = account(person);
    var request = new LoginRequest(account, invite, false, DomainWorld.BOT, 1);
    var outcome = in(handle -> domain.logins.request(handle, request));
    if (!(outcome instanceof RequestOutcome.Granted(var login, var _))) {
      throw new AssertionError("no login was granted: " + outcome);
    }
    var initData = Hashes.sha256(login.id().value());
    var opened =
        in(handle ->
            domain.logins.open(
                handle, login.id(), account.telegramId(), initData, new Secret("tab")));
    if (!(opened instanceof OpenOutcome.Opened(var bearer, var _))) {
      throw new AssertionError("the page did not open: " + opened);
    }
    return new Opened(login, account, person, bearer);
  }

  Account account(Person person) {
    return in(handle ->
        domain.accounts.wrote(
            handle,
            new TelegramProfile(
                new TelegramUserId(person.id()),
                person.firstName(),
                person.lastName(),
                person.username(),
                Optional.of(Language.RU)),
            DomainWorld.BOT));
  }

  /// Lets the page's time be over; moving the clock would end the worker's lease too.
  void letExpire(Opened opened) {
    in(handle ->
        handle
            .createUpdate("UPDATE login SET deadline = created_at WHERE id = :id")
            .bind("id", opened.login().id().value())
            .execute());
  }

  LoginState state(LoginId id) {
    return in(handle -> domain.logins.status(handle, id)).orElseThrow();
  }

  /// Waits until the page shows a QR of at least this number, and reads its link.
  Secret link(Opened opened, int seq) {
    return Await.some(
        "a link",
        () ->
            in(handle ->
                domain
                    .logins
                    .view(handle, opened.login().id(), opened.bearer())
                    .filter(seen ->
                        seen.login().state() instanceof AwaitingScan(int number, var _)
                            && number >= seq)
                    .flatMap(seen -> seen.link())));
  }

  AcceptOutcome scan(Person person, Secret link) {
    return dataCentre.accept(person.id(), link.value());
  }

  <S extends LoginState> S await(Opened opened, Class<S> state) {
    return await(opened.login().id(), state);
  }

  <S extends LoginState> S await(LoginId login, Class<S> state) {
    return Await.some(
        state.getSimpleName(),
        () -> Optional.of(state(login)).filter(state::isInstance).map(state::cast),
        () -> state(login));
  }

  /// Waits until this login's scratch is wiped, on disk and in its row.
  void awaitWiped(Opened opened) {
    var path = scratch(opened);
    Await.until("a wiped scratch", () -> scratch(opened).isEmpty());
    path.ifPresent(directory -> assertFalse(Files.exists(directory)));
  }

  /// Where the row says that the login's client works.
  Optional<Path> scratch(Opened opened) {
    return in(handle ->
        handle
            .createQuery(
                "SELECT scratch_path FROM login WHERE id = :id AND scratch_path IS NOT NULL")
            .bind("id", opened.login().id().value())
            .mapTo(String.class)
            .findOne()
            .map(Path::of));
  }

  TelegramSession saved(Account account) {
    return in(handle -> domain.sessions.findLive(handle, account.id())).orElseThrow();
  }

  @Override
  public void close() {
    open.reversed().forEach(Runnable::run);
    dataCentre.close();
    telegram.close();
    pool.close();
    domain.close();
  }

  /// As a worker has it: a new connection for each look costs more than the look.
  private static HikariDataSource pool(DomainWorld domain) {
    var config = new HikariConfig();
    config.setDataSource(domain.database.dataSource());
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }

  private MtprotoDependencies needs(Notifications notifications) {
    return new MtprotoDependencies(
        jdbi,
        notifications,
        domain.clock,
        System::nanoTime,
        domain.tokens,
        new Sealer(List.of(vaultKey)),
        domain.logins,
        domain.runs,
        domain.sessions,
        domain.workers,
        TdLibrary.find(),
        servers(),
        new TelegramApi(1, new Secret("sandbox")),
        rules,
        workerState(),
        HOST,
        "test",
        status -> {
          throw new AssertionError("the worker gave up");
        });
  }
}
