package propusk.sandbox.botapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Groups that people make, and what a bot in one hears: as with privacy mode on, [service messages
/// and commands](https://core.telegram.org/bots/features#privacy-mode) only.
public final class GroupChats {
  private static final long FIRST = 5_000_000_000L;
  private static final long FIRST_SUPER = 1_005_000_000_000L;

  private final World world;
  private final BotDesk desk;
  private final SendLimits limits;
  private final Shelf<Long, Group> groups;

  GroupChats(World world, BotDesk desk, SendLimits limits) {
    this.world = world;
    this.desk = desk;
    this.limits = limits;
    this.groups = world.shelf("group", Long.class, Group.class);
  }

  public Optional<Group> find(long id) {
    return groups.find(id);
  }

  /// Somebody makes a group with the bot in it.
  public synchronized Group create(Person by, SandboxBot bot, String title) {
    var group =
        new Group(-FIRST - groups.size() - 1, "group", title, Set.of(by.id()), bot.id(), List.of());
    groups.put(group.id(), group);
    standing(bot, group, by, "left", "member");
    queue(bot, tell(bot, group, by).put("group_chat_created", true));
    return group;
  }

  public synchronized Group join(Group group, Person person) {
    var people = new HashSet<>(group.people());
    people.add(person.id());
    var changed = put(group.withPeople(people));
    bot(changed)
        .ifPresent(bot -> {
          var message = tell(bot, changed, person);
          message.putArray("new_chat_members").add(TelegramJson.user(person));
          queue(bot, message);
        });
    return changed;
  }

  public synchronized Group leave(Group group, Person person) {
    var people = new HashSet<>(group.people());
    people.remove(person.id());
    var changed = put(group.withPeople(people));
    bot(changed)
        .ifPresent(bot -> {
          var message = tell(bot, changed, person);
          message.set("left_chat_member", TelegramJson.user(person));
          queue(bot, message);
        });
    return changed;
  }

  public synchronized Group rename(Group group, Person by, String title) {
    var changed = put(group.titled(title));
    bot(changed).ifPresent(bot -> queue(bot, tell(bot, changed, by).put("new_chat_title", title)));
    return changed;
  }

  /// The group becomes a supergroup with an id of its own; the old one is over.
  public synchronized Group upgrade(Group group, Person by) {
    var id = -FIRST_SUPER - groups.size();
    var supergroup =
        new Group(id, "supergroup", group.title(), group.people(), group.botId(), List.of());
    groups.put(id, supergroup);
    bot(group)
        .ifPresent(bot -> {
          queue(bot, tell(bot, group, by).put("migrate_to_chat_id", id));
          queue(bot, tell(bot, supergroup, by).put("migrate_from_chat_id", group.id()));
        });
    put(group.withBot(0));
    return supergroup;
  }

  /// Somebody makes the bot an administrator, or removes it.
  ///
  /// @param status `administrator`, `member`, `kicked` or `left`
  public synchronized Group botStands(Group group, Person by, String status) {
    bot(group).ifPresent(bot -> standing(bot, group, by, "member", status));
    boolean out = status.equals("kicked") || status.equals("left");
    return out ? put(group.withBot(0)) : group;
  }

  /// Somebody writes; a bot hears commands only.
  public synchronized void say(Group group, Person by, String text) {
    if (text.startsWith("/")) {
      bot(group).ifPresent(bot -> queue(bot, tell(bot, group, by).put("text", text)));
    }
  }

  JsonNode send(SandboxBot bot, long id, RichText text) {
    var group = groups.find(id).orElseThrow(() -> BotApiError.badRequest("chat not found"));
    if (group.botId() != bot.id()) {
      throw BotApiError.of(403, "Forbidden: bot was kicked from the group chat");
    }
    limits.take(bot.id(), id);
    var said = new ArrayList<>(group.said());
    said.add(text.text());
    put(group.saying(List.copyOf(said)));
    var message = message(group, said.size());
    message.set("from", TelegramJson.user(bot));
    return message.put("text", text.text());
  }

  private Group put(Group group) {
    groups.put(group.id(), group);
    return group;
  }

  private Optional<SandboxBot> bot(Group group) {
    return desk.find(group.botId());
  }

  private void standing(SandboxBot bot, Group group, Person by, String before, String now) {
    var change = TelegramJson.object();
    change.set("chat", chat(group));
    change.set("from", TelegramJson.user(by));
    change.put("date", date());
    change.set("old_chat_member", TelegramJson.member(bot, before));
    change.set("new_chat_member", TelegramJson.member(bot, now));
    desk.queue(bot).add("my_chat_member", change);
  }

  private void queue(SandboxBot bot, ObjectNode message) {
    desk.queue(bot).add("message", message);
  }

  private ObjectNode tell(SandboxBot bot, Group group, Person by) {
    var message = message(group, 1_000 + desk.queue(bot).size());
    message.set("from", TelegramJson.user(by));
    return message;
  }

  private ObjectNode message(Group group, long id) {
    var message = TelegramJson.object().put("message_id", id).put("date", date());
    message.set("chat", chat(group));
    return message;
  }

  private static ObjectNode chat(Group group) {
    return TelegramJson.object()
        .put("id", group.id())
        .put("title", group.title())
        .put("type", group.type());
  }

  private long date() {
    return world.clock().instant().getEpochSecond();
  }
}
