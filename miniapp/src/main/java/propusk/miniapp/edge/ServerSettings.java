package propusk.miniapp.edge;

import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// How the web server runs: requests on virtual threads, a stop that lets running ones finish, and
/// none of Javalin's greetings.
public final class ServerSettings {
  private static final long STOP_MILLIS = 5_000;
  private static final int MAX_PLATFORM_THREADS = 32;
  private static final int MIN_PLATFORM_THREADS = 4;

  // What waits in the system for a browser that does not read; left alone it grows to megabytes.
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private ServerSettings() {}

  public static void apply(JavalinConfig config) {
    var threads = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
    threads.setName("web");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("web-"));
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(ServerSettings::apply);
    // Otherwise a key or cookie is read as what came before it on the same connection, if the two
    // differ in capitals only, or begin so.
    config.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheCaseSensitive(true));
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
  }

  private static void apply(Server server) {
    server.setStopTimeout(STOP_MILLIS);
    server.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarting(LifeCycle event) {
            for (var connector : server.getConnectors()) {
              if (connector instanceof ServerConnector tcp) {
                tcp.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
              }
            }
          }
        });
  }
}
