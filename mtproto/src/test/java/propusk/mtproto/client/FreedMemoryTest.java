package propusk.mtproto.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class FreedMemoryTest {
  private int released;
  private final FreedMemory freed = new FreedMemory(() -> released++);

  @Test
  void inAQuietSecondItIsGivenBackOnceAfterAClose() {
    freed.opened(1);
    freed.rest();
    assertEquals(0, released);
    freed.closed(0);
    freed.rest();
    freed.rest();
    assertEquals(1, released);
  }

  @Test
  void whenHalfOfManyAreGoneItIsGivenBackThoughNoSecondIsQuiet() {
    freed.opened(1_000);
    for (var open = 999; open > 500; open--) {
      freed.closed(open);
    }
    assertEquals(0, released);
    freed.closed(500);
    assertEquals(1, released);
    for (var open = 499; open >= 0; open--) {
      freed.closed(open);
    }
    assertEquals(1, released, "at most once a minute");
  }

  @Test
  void aFewClientsThatComeAndGoAreNoReason() {
    for (var round = 0; round < 1_000; round++) {
      freed.opened(3);
      freed.closed(1);
    }
    assertEquals(0, released);
  }
}
