package propusk.mtproto.login;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.vault.SessionSeal;

/// What every login run of this worker uses.
///
/// @param vault seals the keys of scratch files
/// @param starts how many clients may be on their way to their first link at once
/// @param scratchRoot where the directories of logins are
public record LoginTools(
    TelegramClients clients,
    Sealer vault,
    SessionSeal seal,
    Tokens tokens,
    InstantSource clock,
    Semaphore starts,
    WarmClients warm,
    LoginRules rules,
    Path scratchRoot,
    String host) {}
