package propusk.mtproto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import propusk.domain.account.Accounts;
import propusk.domain.invite.Invites;
import propusk.domain.login.LoginRuns;
import propusk.domain.login.Logins;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Outbox;
import propusk.domain.plan.Plans;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.worker.Workers;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.login.LoginRules;
import propusk.mtproto.tdlib.NativeTdJson;
import propusk.mtproto.tdlib.TdLibrary;

/// A worker process for tests that kill it. Its one argument is a properties file; it runs until it
/// is ended.
final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var settings = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      settings.load(reader);
    }
    var database = new PGSimpleDataSource();
    database.setUrl(settings.getProperty("url"));
    database.setUser(settings.getProperty("user"));
    database.setPassword(settings.getProperty("password"));
    var now = Instant.parse(settings.getProperty("now"));
    InstantSource clock = () -> now;
    var tokens = new Tokens(new SecureRandom());
    var plans = new Plans();
    var secret = Sealer.parse(settings.getProperty("secret_key"));
    var parts =
        new Logins.Parts(
            new Invites(plans, secret, clock, new SecureRandom()),
            new Subscriptions(plans),
            new Outbox(secret, clock),
            secret,
            clock,
            tokens,
            Logins.PAGE_LIFE);
    var sessions = new TelegramSessions(clock);
    var notifications =
        new Notifications(
            settings.getProperty("url"),
            settings.getProperty("user"),
            settings.getProperty("password"));
    new MtprotoModule(
            new MtprotoDependencies(
                Jdbi.create(database),
                notifications,
                clock,
                System::nanoTime,
                tokens,
                Sealer.parse(settings.getProperty("vault_key")),
                new Logins(parts),
                new LoginRuns(parts, new Accounts(), sessions),
                sessions,
                new Workers(clock),
                TdLibrary.find(),
                new TelegramServers.Sandbox(
                    settings.getProperty("host"),
                    Integer.parseInt(settings.getProperty("port")),
                    settings.getProperty("proxy_secret"),
                    settings.getProperty("pem")),
                new TelegramApi(1, new Secret("sandbox")),
                new LoginRules(
                    true, Workers.CAPACITY, Integer.parseInt(settings.getProperty("clients"))),
                Path.of(settings.getProperty("state")),
                Stage.HOST,
                "test",
                NativeTdJson::exitNow))
        .start();
    notifications.start();
    Thread.currentThread().join();
  }
}
