package propusk.mtproto.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// All that a Telegram session is: the client's binlog and the key that TDLib encrypted it with.
///
/// As bytes: `1 byte form (1) ‖ 32 bytes key ‖ binlog`.
// Arrays in a record: it is carried, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SessionFiles(byte[] databaseKey, byte[] binlog) {
  public static final int KEY = 32;
  private static final byte FORM = 1;

  public SessionFiles {
    if (databaseKey.length != KEY) throw new IllegalArgumentException("a database key is 32 bytes");
    if (binlog.length == 0) throw new IllegalArgumentException("an empty binlog is no session");
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(1 + KEY + binlog.length)
        .put(FORM)
        .put(databaseKey)
        .put(binlog)
        .array();
  }

  static SessionFiles parse(byte[] bytes) {
    if (bytes.length <= 1 + KEY || bytes[0] != FORM) {
      throw new IllegalStateException("sealed session files of a form that is not known here");
    }
    return new SessionFiles(
        Arrays.copyOfRange(bytes, 1, 1 + KEY), Arrays.copyOfRange(bytes, 1 + KEY, bytes.length));
  }

  @Override
  public String toString() {
    return "SessionFiles[…]";
  }
}
