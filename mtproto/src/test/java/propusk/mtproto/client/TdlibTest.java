package propusk.mtproto.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.mtproto.RealTdlib;

/// The real library, untouched, talking to nobody.
final class TdlibTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Tdlib tdlib = RealTdlib.shared();
  private final BlockingQueue<TdUpdate> mailbox = new LinkedBlockingQueue<>();
  private final TdClient client = tdlib.open(mailbox::add);

  @AfterEach
  void close() throws Exception {
    client.close();
    assertTrue(client.awaitClosed(SOON));
  }

  @Test
  void aClientStartsWaitsForAPhoneNumberAndCloses() throws Exception {
    start(new byte[32]);
    assertInstanceOf(AuthorizationState.WaitTdlibParameters.class, nextState());
    assertInstanceOf(AuthorizationState.WaitPhoneNumber.class, nextState());
    client.close();
    assertTrue(client.awaitClosed(SOON));
    assertInstanceOf(AuthorizationState.Closing.class, nextState());
    assertInstanceOf(AuthorizationState.Closed.class, nextState());
  }

  @Test
  void anErrorIsTypedAndAClosedClientRefusesAtOnce() throws Exception {
    start(new byte[32]);
    var refused = assertThrows(TdRefused.class, () -> client.ask(new TdRequest.GetMe(), SOON));
    assertEquals(new TdError.Other(401, "unlisted"), refused.error());
    client.close();
    assertTrue(client.awaitClosed(SOON));
    assertEquals(
        new TdError.Aborted(),
        assertThrows(TdRefused.class, () -> client.ask(new TdRequest.GetMe(), SOON)).error());
  }

  @Test
  void aProxyIsAskedForBeforeTheParametersAndAnsweredAfterThem() throws Exception {
    var proxy =
        client.begin(
            new TdRequest.AddProxy(
                new TdRequest.Proxy(
                    "127.0.0.1",
                    1,
                    new TdRequest.ProxyTypeMtproto("00112233445566778899aabbccddeeff")),
                true));
    start(new byte[32]);
    assertTrue(proxy.await(SOON).id() > 0);
  }

  private void start(byte[] key) throws InterruptedException {
    client.ask(
        new TdRequest.SetTdlibParameters(
            true,
            directory.toString(),
            directory.toString(),
            key,
            1,
            "hash",
            "en",
            "Propusk",
            "test",
            "test"),
        SOON);
  }

  private AuthorizationState nextState() throws InterruptedException {
    while (true) {
      var update = mailbox.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (update instanceof TdUpdate.Authorization(var state)) return state;
      assertTrue(update != null, "no state came");
    }
  }
}
