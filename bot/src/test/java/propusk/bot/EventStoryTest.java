package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Organizations;
import propusk.domain.organization.Slug;
import propusk.sandbox.person.SandboxPerson;

class EventStoryTest {
  private static BotFixture bot;
  private static Organization shore;

  @BeforeAll
  static void start() {
    bot = new BotFixture();
    shore =
        bot.jdbi
            .inTransaction(handle ->
                new Organizations(bot.clock)
                    .create(
                        handle,
                        new Slug("north-shore"),
                        "Клуб «Северный берег»",
                        ZoneId.of("Europe/Moscow")))
            .orElseThrow();
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @Test
  void whoAsksForNewsIsToldOfANewEventAndWhoStopsThemIsNot() {
    var ilya = bot.person("ru");
    ilya.send("/start AAAABBBB");
    ilya.awaitMessage("❌ Неверный или просроченный код");
    ilya.send("/events");
    ilya.awaitMessage("Событий пока нет");
    register(ilya, announce("Прогулка по верфи"));
    ilya.send("/events");
    var mine = ilya.awaitMessage("Вы записаны");
    assertTrue(mine.text().contains("Набережная, 5"), mine.text());
    ilya.tap(mine, "🔔 Сообщать о новых: Клуб «Северный берег»");
    BotFixture.await("news", () -> wantNews() == 1);
    announce("Вечер настольных игр");
    var news = ilya.awaitMessage("Новое событие");
    assertTrue(news.text().contains("Вечер настольных игр"), news.text());
    assertFalse(news.text().contains("Набережная"), "the place is for who is registered");
    ilya.tap(news, "Не сообщать о новых");
    BotFixture.await("no news", () -> wantNews() == 0);
    announce("Третье");
    assertEquals(1, bot.count("SELECT count(*) FROM outbox WHERE kind = 'new_event'"));
  }

  @Test
  void whoGivesTheirPlaceBackInTheChatHasNoneAndOnlyTheOthersAreToldThatItIsCancelled() {
    var ilya = bot.person("ru");
    var anna = bot.person("en");
    ilya.send("/start");
    anna.send("/start");
    ilya.awaitMessage("👋");
    anna.awaitMessage("👋");
    var event = announce("Регата");
    register(ilya, event);
    register(anna, event);
    ilya.send("/events");
    ilya.tap(ilya.awaitMessage("Вы записаны"), "✖️ Не приду: Регата");
    ilya.tap(ilya.awaitMessage("Отдать место?"), "Оставить за собой");
    var kept = ilya.awaitMessage("Вы записаны");
    ilya.tap(kept, "✖️ Не приду: Регата");
    var asked = ilya.awaitMessage("Отдать место?");
    ilya.tap(asked, "Отдать место");
    ilya.awaitMessage("✅ Место отдано: Регата");
    assertEquals(1, taken(event));

    bot.jdbi.useTransaction(handle -> bot.events.cancel(handle, event.id()));
    bot.restartBot();
    var told = anna.awaitMessage("🚫 Event cancelled");
    assertTrue(told.text().contains("Регата"), told.text());
    BotFixture.await(
        "sent",
        () ->
            bot.count(
                    "SELECT count(*) FROM outbox WHERE kind = 'event_cancelled' AND state = 'sent'")
                == 1);
    assertEquals(1, bot.count("SELECT count(*) FROM outbox WHERE kind = 'event_cancelled'"));
  }

  @Test
  void anAdminAnnouncesListsAndCancelsEventsAndNobodyElseDoes() {
    var admin = bot.person("ru");
    var draft =
        "/event north-shore\nВечер игр\n2036-11-28 21:00\nСанкт-Петербург\nНабережная, 5\n40";
    admin.send(draft);
    admin.awaitMessage("Такой команды нет");
    bot.restartBotFor(admin);
    admin.send("/event");
    admin.awaitMessage("Клубы: north-shore");
    admin.send("/event north-shore\nВечер игр\nзавтра\nСанкт-Петербург\nНабережная, 5");
    admin.awaitMessage("Событие объявляют так");
    admin.send(draft);
    var made = admin.awaitMessage("Событие объявлено: Вечер игр").text();
    admin.send("/event north-shore");
    assertTrue(admin.awaitMessage("Вечер игр").text().contains("open, записаны: 0/40"));
    var id = made.substring(made.lastIndexOf(' ') + 1);
    admin.send("/event cancel " + id);
    admin.awaitMessage("Событие отменено: Вечер игр");
    admin.send("/event cancel " + id);
    admin.awaitMessage("Это событие отменено раньше");
    assertEquals(
        1,
        bot.count("SELECT count(*) FROM event WHERE cancelled_at IS NOT NULL AND capacity = 40"));
    assertEquals(
        2, bot.count("SELECT count(*) FROM audit WHERE actor = 'telegram:" + admin.id() + "'"));
  }

  private static long taken(Event event) {
    return bot.count("SELECT taken FROM event WHERE id = " + event.id().value());
  }

  private static long wantNews() {
    return bot.count("SELECT count(*) FROM membership WHERE news_since IS NOT NULL");
  }

  private static Event announce(String title) {
    var draft =
        new EventDraft(
            title,
            bot.clock.instant().plus(Duration.ofDays(3)),
            Duration.ofHours(2),
            "Санкт-Петербург",
            "Набережная, 5",
            OptionalInt.of(40));
    return bot.jdbi.inTransaction(handle -> bot.events.create(handle, shore, draft));
  }

  private static void register(SandboxPerson person, Event event) {
    bot.jdbi.useTransaction(
        handle -> bot.events.register(handle, event.id(), bot.account(person).id()));
  }
}
