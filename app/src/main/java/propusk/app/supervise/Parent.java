package propusk.app.supervise;

import java.util.concurrent.TimeUnit;

/// The watch of a supervised process over its parent, should the kernel's own signal ever fail.
public final class Parent {
  private Parent() {}

  /// Ends this process when its parent is gone: in order, or abruptly after ten seconds.
  public static void endWithIt() {
    ProcessHandle.current().parent().ifPresent(Parent::watch);
  }

  private static void watch(ProcessHandle parent) {
    Thread.ofVirtual()
        .name("parent-watch")
        .start(() -> {
          parent.onExit().join();
          Thread.ofPlatform().daemon().name("parent-gone").start(Parent::haltLater);
          System.exit(0);
        });
  }

  private static void haltLater() {
    try {
      TimeUnit.SECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
