package propusk.sandbox;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Refuses requests that were not meant for this port of this machine.
///
/// The Host check stops pages that rebind a name to loopback, the Origin check stops foreign pages
/// from pressing buttons here.
final class LoopbackGuard {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private LoopbackGuard() {}

  static void check(Context ctx) {
    var hosts =
        Stream.of("127.0.0.1", "localhost", "[::1]")
            .map(name -> name + ":" + ctx.req().getLocalPort())
            .collect(Collectors.toSet());
    if (!hosts.contains(Optional.ofNullable(ctx.header("Host")).orElse(""))) {
      throw new ForbiddenResponse("this Host is not the sandbox's");
    }
    var origin = Optional.ofNullable(ctx.header("Origin"));
    var own = origin.map(from -> hosts.contains(from.replaceFirst("^http://", ""))).orElse(true);
    if (!own && !READING.contains(ctx.req().getMethod())) {
      throw new ForbiddenResponse("this Origin is not the sandbox's");
    }
  }
}
