package propusk.sandbox.dc.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The codec from a client's point of view: it writes calls, which the server only reads.
public final class ClientCodec {
  private ClientCodec() {}

  /// The codec of a schema's file, in which methods are values too.
  public static TlCodec of(String file) {
    try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream(file))) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TlCodec(Schema.parse(text.replace("---functions---", "")), 229);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
