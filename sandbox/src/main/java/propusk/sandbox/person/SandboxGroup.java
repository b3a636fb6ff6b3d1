package propusk.sandbox.person;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A group in the sandbox, scripted: what its people do there.
public final class SandboxGroup {
  private final SandboxClient client;
  private final long id;

  SandboxGroup(SandboxClient client, long id) {
    this.client = client;
    this.id = id;
  }

  /// Below zero.
  public long id() {
    return id;
  }

  public void join(SandboxPerson person) {
    post("join", person, Map.of());
  }

  public void leave(SandboxPerson person) {
    post("leave", person, Map.of());
  }

  public void rename(SandboxPerson by, String title) {
    post("title", by, Map.of("title", title));
  }

  /// The supergroup that it becomes.
  public SandboxGroup upgrade(SandboxPerson by) {
    return new SandboxGroup(client, post("upgrade", by, Map.of()).path("id").asLong());
  }

  /// @param status `administrator`, `member`, `kicked` or `left`
  public void botStands(SandboxPerson by, String status) {
    post("bot", by, Map.of("status", status));
  }

  public void say(SandboxPerson by, String text) {
    post("messages", by, Map.of("text", text));
  }

  /// What the bot wrote there, oldest first.
  public List<String> said() {
    return client
        .get("/sandbox/groups/" + id)
        .path("said")
        .valueStream()
        .map(text -> text.asString())
        .toList();
  }

  private JsonNode post(String what, SandboxPerson by, Map<String, String> fields) {
    var body = new HashMap<String, Object>(fields);
    body.put("by", by.id());
    return client.post("/sandbox/groups/" + id + "/" + what, body);
  }
}
