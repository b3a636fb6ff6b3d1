package propusk.sandbox.person;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.sandbox.botapi.BotApiJson;
import tools.jackson.databind.JsonNode;

/// Somebody in the sandbox, scripted: writes to the bot, presses buttons, scans codes.
///
/// Talks to the sandbox's first bot unless [#with] names another. Not for several threads at once.
public final class SandboxPerson {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// A line of «Settings → Devices».
  public record Device(long id, String deviceModel, String appName, String appVersion) {}

  private final SandboxClient client;
  private final long id;
  private final String bot;
  private long lastSaid;
  private long codesRead;

  SandboxPerson(SandboxClient client, long id) {
    this(client, id, "");
  }

  private SandboxPerson(SandboxClient client, long id, String bot) {
    this.client = client;
    this.id = id;
    this.bot = bot;
  }

  /// The same person in the chat with another bot, by its username.
  public SandboxPerson with(String botUsername) {
    return new SandboxPerson(client, id, botUsername);
  }

  /// The Telegram user id.
  public long id() {
    return id;
  }

  public SandboxMessage send(String text) {
    return said(client.post(path("messages"), body(Map.of("text", text))));
  }

  /// Sends a contact; with another id than the person's own it is somebody else's.
  public SandboxMessage shareContact(long userId, String phone, String firstName) {
    var contact = Map.of("user_id", userId, "phone_number", phone, "first_name", firstName);
    return said(client.post(path("messages"), body(Map.of("contact", contact))));
  }

  /// Forwards a message in which this person once shared their contact.
  public SandboxMessage forwardContact(long userId, String phone, String firstName) {
    var contact =
        Map.of(
            "user_id", userId,
            "phone_number", phone,
            "first_name", firstName,
            "forwarded_from", userId);
    return said(client.post(path("messages"), body(Map.of("contact", contact))));
  }

  /// Everything in the chat, oldest first.
  public List<SandboxMessage> messages() {
    return read(client.get(path("messages") + "?bot=" + bot));
  }

  /// Waits for a message of the bot that contains `text` and came after what the person said last.
  ///
  /// @throws AssertionError if none comes in time
  public SandboxMessage awaitMessage(String text) {
    return awaitMessage(text, PATIENCE);
  }

  public SandboxMessage awaitMessage(String text, Duration patience) {
    var all =
        read(
            client.get(
                path("messages")
                    + "?bot=%s&after=%d&wait=%d&contains=%s"
                        .formatted(
                            bot,
                            lastSaid,
                            patience.toSeconds(),
                            URLEncoder.encode(text, StandardCharsets.UTF_8))));
    return all.stream()
        .filter(message -> message.fromBot() && message.messageId() > lastSaid)
        .filter(message -> message.text().contains(text))
        .reduce((_, last) -> last)
        .orElseThrow(
            () -> new AssertionError("the bot did not say «" + text + "», but: " + texts(all)));
  }

  private static List<String> texts(List<SandboxMessage> messages) {
    return messages.stream().map(message -> message.from() + ": " + message.text()).toList();
  }

  /// Presses the button with this text; answers the address that it opens, if it opens one.
  public Optional<String> tap(SandboxMessage message, String buttonText) {
    return tap(message, message.number(buttonText));
  }

  /// Presses a button, counted from 0 over all rows.
  public Optional<String> tap(SandboxMessage message, int button) {
    return tap(message, button, Map.of());
  }

  /// Presses a button with the control API's further fields: `platform`, `theme`, `age`.
  public Optional<String> tap(SandboxMessage message, int button, Map<String, ?> how) {
    var fields = new HashMap<String, Object>(how);
    fields.put("message_id", message.messageId());
    fields.put("button", button);
    var answer = client.post(path("tap"), body(fields));
    return Optional.of(answer.path("url").asString("")).filter(url -> !url.isEmpty());
  }

  /// Presses the button beside the text field; answers the address of the Mini App that it opens,
  /// if it opens one.
  public Optional<String> openMenu() {
    return openMenu(Map.of());
  }

  /// The same with the control API's further fields.
  public Optional<String> openMenu(Map<String, ?> how) {
    try {
      return Optional.of(client.post(path("menu"), body(how)).path("url").asString(""));
    } catch (SandboxRefusal e) {
      return Optional.empty();
    }
  }

  /// Scans a login code with this person's phone.
  ///
  /// @throws SandboxRefusal if the phone does not take the link
  public void scan(String link) {
    client.post(path("scan"), Map.of("link", link));
  }

  /// What is logged in as this person, latest first.
  public List<Device> sessions() {
    return client
        .get(path("sessions"))
        .valueStream()
        .map(session -> BotApiJson.MAPPER.treeToValue(session, Device.class))
        .toList();
  }

  /// Ends a session as the person, or the server, would.
  ///
  /// @param kind `SESSION_REVOKED`, `AUTH_KEY_UNREGISTERED` or `USER_DEACTIVATED`
  public void revoke(long session, String kind) {
    client.delete(path("sessions/" + session) + "?kind=" + kind);
  }

  /// Waits for the next login code that Telegram sends to this person's phone or app.
  ///
  /// @throws AssertionError if none comes in time
  public String awaitLoginCode() {
    var sent =
        client.get(path("codes") + "?after=%d&wait=%d".formatted(codesRead, PATIENCE.toSeconds()));
    var newest = sent.path(sent.size() - 1);
    if (newest.path("number").asLong(0) <= codesRead) {
      throw new AssertionError("Telegram sent no new login code");
    }
    codesRead = newest.path("number").asLong();
    return newest.path("code").asString();
  }

  /// Lets a site know who they are, so many seconds ago.
  ///
  /// @param fields what Telegram's OAuth page got: `bot`, `origin`, `return_to`
  /// @return where the browser goes on
  public String letIn(Map<String, String> fields, long age) {
    var body = new HashMap<String, Object>(fields);
    body.put("age", age);
    return client.post(path("widget"), body).path("url").asString();
  }

  /// Calls themselves otherwise from now on.
  public void rename(String firstName, String lastName) {
    client.patch("/sandbox/users/" + id, Map.of("first_name", firstName, "last_name", lastName));
  }

  /// The phone number, digits only.
  public String phone() {
    return client.get("/sandbox/users/" + id).path("phone").asString();
  }

  /// Sets the two-step password, or removes it when empty.
  public void setPassword(String password) {
    client.patch("/sandbox/users/" + id, Map.of("password", password));
  }

  /// Sets the two-step password and what reminds of it.
  public void setPassword(String password, String hint) {
    client.patch("/sandbox/users/" + id, Map.of("password", password, "hint", hint));
  }

  /// Lets the account live in one data centre, 1 to 5, or everywhere, 0: for logins to come.
  public void moveTo(int dc) {
    client.patch("/sandbox/users/" + id, Map.of("dc", dc));
  }

  /// Changes what Telegram thinks of the account: `good`, `deleted` or `banned`.
  public void setStanding(String standing) {
    client.patch("/sandbox/users/" + id, Map.of("standing", standing));
  }

  public void block() {
    client.post(path("block"), body(Map.of("blocked", true)));
  }

  private SandboxMessage said(JsonNode answer) {
    var message = BotApiJson.MAPPER.treeToValue(answer, SandboxMessage.class);
    lastSaid = message.messageId();
    return message;
  }

  private static List<SandboxMessage> read(JsonNode messages) {
    return messages
        .valueStream()
        .map(message -> BotApiJson.MAPPER.treeToValue(message, SandboxMessage.class))
        .toList();
  }

  private Map<String, Object> body(Map<String, ?> fields) {
    var body = new HashMap<String, Object>(fields);
    body.put("bot", bot);
    return body;
  }

  private String path(String what) {
    return "/sandbox/users/" + id + "/" + what;
  }
}
