package propusk.sandbox.botapi;

import java.util.List;
import java.util.Set;

/// A group of the sandbox's people and at most one bot.
///
/// @param id below zero, as Telegram's
/// @param type `group` or `supergroup`
/// @param botId 0 once the bot is out
/// @param said what the bot wrote, oldest first
public record Group(
    long id, String type, String title, Set<Long> people, long botId, List<String> said) {
  Group withPeople(Set<Long> others) {
    return new Group(id, type, title, others, botId, said);
  }

  Group titled(String other) {
    return new Group(id, type, other, people, botId, said);
  }

  Group withBot(long other) {
    return new Group(id, type, title, people, other, said);
  }

  Group saying(List<String> texts) {
    return new Group(id, type, title, people, botId, texts);
  }
}
