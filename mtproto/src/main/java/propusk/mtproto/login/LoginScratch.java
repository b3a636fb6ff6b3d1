package propusk.mtproto.login;

import java.nio.file.Path;
import propusk.domain.login.LoginId;
import propusk.domain.login.Scratch;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.mtproto.scratch.ScratchDirectory;

/// Where a login's client works until its session is sealed or logged out: a directory, and the key
/// of its files, which lies sealed in the row.
// An array in a record: it is carried, never compared.
@SuppressWarnings("ArrayRecordComponent")
record LoginScratch(ScratchDirectory directory, byte[] databaseKey) {
  private static final int KEY = 32;

  /// A fresh one: nothing is on disk yet.
  static LoginScratch choose(Path root, Tokens tokens) {
    return new LoginScratch(new ScratchDirectory(root.resolve(tokens.id())), tokens.bytes(KEY));
  }

  static LoginScratch of(LoginId id, Scratch row, Sealer vault) {
    return new LoginScratch(
        new ScratchDirectory(Path.of(row.path())), vault.open(row.sealedKey(), binding(id)));
  }

  Scratch toRow(LoginId id, String host, Sealer vault) {
    return new Scratch(host, directory.path().toString(), vault.seal(databaseKey, binding(id)));
  }

  private static String binding(LoginId id) {
    return "login_scratch:" + id.value();
  }

  @Override
  public String toString() {
    return "LoginScratch[" + directory.path() + "]";
  }
}
