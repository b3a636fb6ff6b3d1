package propusk.miniapp.edge;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A short id per request, for the answer's header, its errors and our logs: random per start, then
/// counted.
final class RequestIds {
  static final String HEADER = "X-Request-Id";
  static final String ATTRIBUTE = "propusk.request_id";

  private final AtomicLong next;

  RequestIds(long start) {
    next = new AtomicLong(start);
  }

  String next() {
    return HexFormat.of().toHexDigits(next.getAndIncrement());
  }

  static String of(@Nullable Object attribute) {
    return attribute instanceof String id ? id : "";
  }
}
