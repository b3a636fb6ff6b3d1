package propusk.app.launch;

/// Ends this process from a thread that its shutdown will wait for.
public final class Exit {
  private Exit() {}

  public static void soon(int code) {
    Thread.ofPlatform().daemon().name("exit").start(() -> System.exit(code));
  }
}
