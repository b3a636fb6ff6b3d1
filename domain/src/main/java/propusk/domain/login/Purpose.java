package propusk.domain.login;

import propusk.domain.invite.InviteId;

/// Why a person logs in. It is data: every purpose runs through the same states.
public sealed interface Purpose {
  /// With an invite, of which one use is held until the end.
  record FirstLogin(InviteId invite) implements Purpose {}

  /// An account we know renews its session; its subscription stays as it is.
  record ReLogin() implements Purpose {}

  /// By phone number and code, on the website.
  ///
  /// @param phoneHash as [propusk.domain.account.PhoneHashes] makes it
  // An array in a record: it is carried, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record PhoneLogin(byte[] phoneHash) implements Purpose {}
}
