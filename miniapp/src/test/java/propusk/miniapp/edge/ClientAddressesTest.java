package propusk.miniapp.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
  @Test
  void onlyAListedProxyIsBelievedAndOnlyForWhatItAddedItself() throws Exception {
    assertEquals("127.0.0.1", seen(List.of(), "203.0.113.7"), "nobody is listed");
    var proxies = List.of("127.0.0.1", "10.0.0.0/8");
    assertEquals("127.0.0.1", seen(proxies));
    assertEquals("203.0.113.7", seen(proxies, "203.0.113.7"));
    assertEquals("203.0.113.7", seen(proxies, "198.51.100.1, 203.0.113.7"), "the first is made up");
    assertEquals("203.0.113.7", seen(proxies, "198.51.100.1", "203.0.113.7, 10.1.2.3"));
    assertEquals("127.0.0.1", seen(proxies, "example.org"));
    assertEquals("10.0.0.9", seen(proxies, "203.0.113.7, unknown, 10.0.0.9"));
    assertEquals("2001:db8:0:0:0:0:0:1", seen(proxies, "[2001:db8::1]"));
  }

  @Test
  void networksAreComparedBitByBit() throws Exception {
    assertTrue(network("10.128.0.0/9").contains(InetAddress.ofLiteral("10.200.1.1")));
    assertFalse(network("10.128.0.0/9").contains(InetAddress.ofLiteral("10.127.1.1")));
    assertTrue(network("2001:db8::/33").contains(InetAddress.ofLiteral("2001:db8:7fff::1")));
    assertFalse(network("2001:db8::/33").contains(InetAddress.ofLiteral("2001:db8:8000::1")));
    assertFalse(network("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")));
    for (var text :
        List.of("", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "1.2.3.4.5")) {
      assertTrue(Network.parse(text).isEmpty(), text);
    }
  }

  @Test
  void aHouseholdOfIpv6CountsAsOneAndAnotherDoesNot() {
    assertEquals(subject("2001:db8:1:2::1"), subject("2001:db8:1:2:ffff::2"));
    assertNotEquals(subject("2001:db8:1:2::1"), subject("2001:db8:1:3::1"));
    assertNotEquals(subject("192.0.2.1"), subject("192.0.2.2"));
  }

  private static String subject(String address) {
    return new ClientAddress(InetAddress.ofLiteral(address)).subject();
  }

  private static Network network(String text) {
    return Network.parse(text).orElseThrow();
  }

  /// What a server behind these proxies takes for the address of a request with these headers.
  private static String seen(List<String> proxies, String... forwarded) throws Exception {
    var addresses =
        new ClientAddresses(proxies.stream().map(ClientAddressesTest::network).toList());
    var server =
        Javalin.create(config ->
            config.routes.get("/", ctx -> ctx.result(addresses.of(ctx).ip().getHostAddress())));
    server.start("127.0.0.1", 0);
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
      for (var header : forwarded) {
        request.header("X-Forwarded-For", header);
      }
      return http.send(request.build(), BodyHandlers.ofString()).body();
    } finally {
      server.stop();
    }
  }
}
