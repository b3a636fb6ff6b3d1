package propusk.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.audit.AuditEntry;
import propusk.domain.group.ChatGroups;
import propusk.domain.group.GroupChat;
import propusk.domain.group.GroupNews;
import propusk.domain.group.Standing;

/// What is not a person's and ends by its age.
class RetentionTest {
  private final DomainWorld world = new DomainWorld();
  private final ChatGroups groups = new ChatGroups(world.clock);
  private final Audit audit = new Audit(world.clock);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void groupsThatABotLeftAreForgottenAndThoseItIsInAreNot() {
    stands(-1, Standing.MEMBER);
    stands(-2, Standing.KICKED);
    stands(-3, Standing.LEFT);
    world.clock.advance(Duration.ofDays(1));
    stands(-4, Standing.LEFT);
    assertEquals(2, world.<Integer>in(handle -> groups.forget(handle, world.clock.instant())));
    assertEquals(
        List.of(-1L, -4L),
        world.in(groups::list).stream().map(each -> each.chat().chatId()).toList());
  }

  @Test
  void whatOperatorsDidLongAgoIsForgotten() {
    did("invite_created");
    world.clock.advance(Duration.ofDays(1));
    did("plan_created");
    assertEquals(1, world.<Integer>in(handle -> audit.forget(handle, world.clock.instant())));
    assertEquals(
        List.of("plan_created"),
        world.in(handle -> audit.latest(handle, 10)).stream().map(AuditEntry::action).toList());
  }

  private void stands(long chat, Standing standing) {
    world.in(handle -> {
      var news = new GroupNews.BotStands(standing);
      groups.note(handle, DomainWorld.BOT, new GroupChat(chat, "group", "G" + chat), news);
      return chat;
    });
  }

  private void did(String action) {
    world.in(handle -> {
      audit.record(handle, new Actor("cli"), action, "test");
      return action;
    });
  }
}
