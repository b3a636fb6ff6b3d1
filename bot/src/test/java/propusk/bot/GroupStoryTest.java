package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.domain.group.ChatGroup;
import propusk.domain.group.ChatGroups;
import propusk.domain.group.GroupChat;
import propusk.domain.group.GroupNews;
import propusk.domain.group.Standing;
import propusk.sandbox.person.SandboxGroup;

/// Groups that the bot is taken into.
class GroupStoryTest {
  private static BotFixture bot;

  @BeforeAll
  static void start() {
    bot = new BotFixture();
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @Test
  void aGroupIsWrittenDownAndKeptUpToDate() {
    var ilya = bot.person("ru");
    var ann = bot.person("en");
    var group = bot.client.newGroup("Клуб", ilya);
    awaitGroup(group, it -> it.standing() == Standing.MEMBER && it.chat().title().equals("Клуб"));
    group.join(ann);
    group.join(bot.person("en"));
    group.leave(ann);
    group.rename(ilya, "Клуб на берегу");
    group.botStands(ilya, "administrator");
    awaitGroup(
        group,
        it ->
            it.chat().equals(new GroupChat(group.id(), "group", "Клуб на берегу"))
                && it.standing() == Standing.ADMINISTRATOR
                && it.joined() == 2
                && it.gone() == 1);
    group.botStands(ilya, "kicked");
    awaitGroup(group, it -> it.standing() == Standing.KICKED);
  }

  @Test
  void aGroupThatBecomesASupergroupTakesItsCountsAlong() {
    var ilya = bot.person("ru");
    var group = bot.client.newGroup("Растущий клуб", ilya);
    group.join(bot.person("en"));
    var supergroup = group.upgrade(ilya);
    supergroup.join(bot.person("en"));
    awaitGroup(supergroup, it -> it.joined() == 2 && it.standing() == Standing.MEMBER);
    awaitGroup(
        group,
        it ->
            it.standing() == Standing.LEFT && it.migratedTo().equals(Optional.of(supergroup.id())));
  }

  @Test
  void aGroupsTwoWordsOnItsMoveCountOnceInAnyOrder() {
    var groups = new ChatGroups(bot.clock);
    var old = new GroupChat(-77, "group", "Порядок");
    var now = new GroupChat(-1_077, "supergroup", "Порядок");
    bot.jdbi.useTransaction(handle -> {
      groups.note(handle, 1, old, new GroupNews.Members(3, 1));
      groups.note(handle, 1, now, new GroupNews.WasGroup(old.chatId()));
      groups.note(handle, 1, old, new GroupNews.BecameSupergroup(now.chatId()));
      groups.note(handle, 1, now, new GroupNews.WasGroup(old.chatId()));
      // Told late, from the old chat.
      groups.note(handle, 1, old, new GroupNews.Members(1, 0));
    });
    var moved =
        bot.jdbi.withHandle(groups::list).stream()
            .filter(it -> it.chat().equals(now))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(4, 1), List.of(moved.joined(), moved.gone()));
  }

  @Test
  void aCommandInAGroupIsAnsweredOnceAndTalkIsNot() {
    var ilya = bot.person("ru");
    var group = bot.client.newGroup("Разговоры", ilya);
    group.say(ilya, "привет");
    group.say(ilya, "/help@other_bot");
    group.say(ilya, "/login@propusk_bot AAAAAAAAAAAA");
    BotFixture.await("the answer", () -> !group.said().isEmpty());
    assertEquals(
        List.of("Я отвечаю только в личном чате: напишите мне, @propusk_bot"), group.said());
    assertEquals(0, bot.count("SELECT count(*) FROM limit_use"));
  }

  @Test
  void afterItWasRemovedNothingIsSentThere() {
    var ilya = bot.person("ru");
    var group = bot.client.newGroup("Недолго", ilya);
    group.botStands(ilya, "kicked");
    BotFixture.await(
        "the block",
        () -> bot.count("SELECT count(*) FROM blocked_chat WHERE chat_id = " + group.id()) == 1);
    bot.client.post(
        "/sandbox/groups/" + group.id() + "/messages", Map.of("by", ilya.id(), "text", "/help"));
    assertEquals(List.of(), group.said());
  }

  private interface Look {
    boolean is(ChatGroup group);
  }

  private static void awaitGroup(SandboxGroup group, Look look) {
    BotFixture.await(
        "the group's row",
        () ->
            bot.jdbi.withHandle(new ChatGroups(bot.clock)::list).stream()
                .anyMatch(it -> it.chat().chatId() == group.id() && look.is(it)));
  }
}
