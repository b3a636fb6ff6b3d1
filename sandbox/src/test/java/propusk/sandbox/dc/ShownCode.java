package propusk.sandbox.dc;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import propusk.sandbox.dc.transport.ClientWire.Kind;

/// A program that shows a login code and waits, for tests of what a phone does with it.
public final class ShownCode implements AutoCloseable {
  private final TestClient client;
  private final String link;

  private ShownCode(TestClient client, String link) {
    this.client = client;
    this.link = link;
  }

  public static ShownCode by(DataCentre dataCentre) throws IOException {
    var client = TestClient.connect(dataCentre, Kind.PROXY_INTERMEDIATE);
    var token =
        client.ask("auth.exportLoginToken", "api_id", 7, "api_hash", "", "except_ids", List.of());
    var name = Base64.getUrlEncoder().withoutPadding().encodeToString(token.bytes("token"));
    return new ShownCode(client, "tg://login?token=" + name);
  }

  public String link() {
    return link;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
