package propusk.mtproto;

import propusk.mtproto.client.Tdlib;
import propusk.mtproto.tdlib.TdLibrary;

/// The real library, loaded once for all tests of this JVM: it stays loaded until the end.
public final class RealTdlib {
  private static final Tdlib SHARED = Tdlib.start(TdLibrary.find().load());

  private RealTdlib() {}

  public static Tdlib shared() {
    return SHARED;
  }
}
