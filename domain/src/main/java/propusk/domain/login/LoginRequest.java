package propusk.domain.login;

import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.invite.InviteCode;

/// `/login [INVITE]` of a person.
///
/// @param replacePlan the person has confirmed that the invite's plan replaces the one they have
public record LoginRequest(
    Account account, Optional<InviteCode> invite, boolean replacePlan, long botId, long chatId) {}
