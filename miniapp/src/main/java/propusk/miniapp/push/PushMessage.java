package propusk.miniapp.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// One event for a browser: the whole view of something at a version, so a newer one replaces it.
///
/// @param data one line of JSON
/// @param last whether the stream ends after it
public record PushMessage(String event, long version, String data, boolean last) {
  ByteBuffer bytes() {
    var text = "event: " + event + "\nid: " + version + "\ndata: " + data + "\n\n";
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
