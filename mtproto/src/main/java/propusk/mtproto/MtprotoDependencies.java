package propusk.mtproto;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LoginRuns;
import propusk.domain.login.Logins;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.domain.session.TelegramSessions;
import propusk.domain.worker.Workers;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.login.LoginRules;
import propusk.mtproto.tdlib.TdLibrary;

/// What a worker stands on.
///
/// @param notifications started and closed by the caller
/// @param nanoTime the monotonic clock that judges the worker's own lease
/// @param vault the sealer of VAULT_KEY, which only workers have
/// @param stateDirectory where the worker keeps scratch directories; made when missing, 0700
/// @param host names this machine together with the state directory: who has the same name can open
///   our scratch
/// @param version ours, as Telegram shows it in the list of devices
/// @param exit ends the process without running destructors: `NativeTdJson::exitNow`
public record MtprotoDependencies(
    Jdbi jdbi,
    Notifications notifications,
    InstantSource clock,
    LongSupplier nanoTime,
    Tokens tokens,
    Sealer vault,
    Logins logins,
    LoginRuns loginRuns,
    TelegramSessions sessions,
    Workers workers,
    TdLibrary library,
    TelegramServers servers,
    TelegramApi api,
    LoginRules rules,
    Path stateDirectory,
    String host,
    String version,
    IntConsumer exit) {}
