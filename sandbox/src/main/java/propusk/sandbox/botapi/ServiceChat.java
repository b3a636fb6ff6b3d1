package propusk.sandbox.botapi;

import java.util.List;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// The chat in which Telegram itself writes to people: login codes. Nobody can answer there.
///
/// See <https://core.telegram.org/api/auth#confirming-login>.
public final class ServiceChat {
  /// Telegram's own account, in the form of a chat partner. It is no bot: its token opens nothing.
  public static final SandboxBot TELEGRAM =
      new SandboxBot("777000:" + "0".repeat(35), "telegram", "Telegram");

  private final World world;
  private final ChatStore store;
  private final ChangeFeed feed;

  ServiceChat(World world, ChatStore store, ChangeFeed feed) {
    this.world = world;
    this.store = store;
    this.feed = feed;
  }

  /// Whether `partner` is Telegram itself.
  public static boolean is(SandboxBot partner) {
    return partner.id() == TELEGRAM.id();
  }

  /// Writes a login code to a person, in their language.
  ///
  /// @param how such as SMS; empty for a message in the app
  public void tellCode(Person person, String code, String how) {
    boolean russian = person.language().startsWith("ru");
    var before = (russian ? "Код для входа" : "Login code") + how + ": ";
    var after =
        russian
            ? "\nКто знает код, тот войдёт в ваш аккаунт. Пересылать его никому не нужно."
            : "\nWhoever knows the code gets into your account. Forward it to nobody.";
    var entity = TextEntity.plain("code", before.length(), code.length());
    var text = before + code + after;
    var id = store.nextMessageId(TELEGRAM.id(), person.id());
    store.put(
        new ChatMessage(
            id,
            TELEGRAM.id(),
            person.id(),
            true,
            world.clock().instant().getEpochSecond(),
            null,
            text,
            List.of(entity),
            null,
            null));
    feed.chatChanged(TELEGRAM.id(), person.id());
  }
}
