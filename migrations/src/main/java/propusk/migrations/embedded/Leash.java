package propusk.migrations.embedded;

import java.util.ArrayList;
import java.util.List;

/// Binds a child process to the thread that starts it: the kernel signals the child when that
/// thread is gone, however it ends. The child gets a session of its own, so that Ctrl-C in a
/// terminal reaches only its owner.
public final class Leash {
  // An owner that dies before the kernel is told leaves the child to another parent.
  private static final String STILL_OURS = "test \"$PPID\" = \"$0\" && exec \"$@\"";

  private Leash() {}

  /// The command line that runs this one on a leash of this process.
  ///
  /// @param signal such as `TERM`
  /// @param privileges options of `setpriv` besides
  public static List<String> on(String signal, List<String> privileges, List<String> command) {
    return on(ProcessHandle.current().pid(), signal, privileges, command);
  }

  static List<String> on(long owner, String signal, List<String> privileges, List<String> command) {
    var line = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", signal));
    line.addAll(privileges);
    line.addAll(List.of("sh", "-c", STILL_OURS, Long.toString(owner)));
    line.addAll(command);
    return line;
  }
}
