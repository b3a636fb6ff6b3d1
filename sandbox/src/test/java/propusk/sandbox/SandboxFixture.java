package propusk.sandbox;

import com.pengrad.telegrambot.TelegramBot;
import java.nio.file.Path;
import propusk.sandbox.botapi.SandboxBot;
import propusk.sandbox.person.SandboxClient;

/// A sandbox on free ports with one bot, and the real Bot API client that talks to it.
public final class SandboxFixture implements AutoCloseable {
  public static final SandboxBot BOT =
      new SandboxBot("7000000001:AAtestTokenOfTheSandboxBot0000000", "propusk_bot", "Пропуск");
  public static final SandboxBot OTHER =
      new SandboxBot("7000000002:AAtestTokenOfTheOtherBot000000000", "north_bot", "Северный берег");

  private final Sandbox sandbox;
  private final SandboxClient client;

  private SandboxFixture(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.client = new SandboxClient(sandbox.url());
  }

  public static SandboxFixture start(Path directory) {
    return new SandboxFixture(
        Sandbox.start(SandboxConfig.onFreePorts(directory, "http://localhost:8080", BOT, OTHER)));
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  public SandboxClient client() {
    return client;
  }

  public TelegramBot bot() {
    return bot(BOT.token());
  }

  public TelegramBot bot(String token) {
    return new TelegramBot.Builder(token).apiUrl(sandbox.url() + "/bot").build();
  }

  @Override
  public void close() {
    client.close();
    sandbox.close();
  }
}
