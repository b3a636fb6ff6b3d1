package propusk.app.config;

import java.net.URI;

/// Where the public web server listens.
///
/// @param host only this machine when our public address is this machine, else all addresses
public record HttpConfig(String host, int port) {

  static HttpConfig of(URI baseUrl, int port) {
    var own = String.valueOf(baseUrl.getHost()).matches("localhost|127\\.0\\.0\\.1");
    return new HttpConfig(own ? "127.0.0.1" : "0.0.0.0", port);
  }
}
