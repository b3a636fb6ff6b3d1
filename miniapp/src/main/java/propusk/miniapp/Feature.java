package propusk.miniapp;

import io.javalin.config.RoutesConfig;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import propusk.domain.notify.Notifications;

/// One feature's part of the server: its routes, and its place among those who hear of changes.
public interface Feature extends AutoCloseable {
  void routes(RoutesConfig routes);

  /// The handler of its event stream, to stand before all others.
  default Optional<Handler.Singleton> events() {
    return Optional.empty();
  }

  default void listen(Notifications notifications) {}

  /// Requests that wait go on with what they have.
  @Override
  default void close() {}
}
