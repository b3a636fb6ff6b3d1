package propusk.sandbox.botapi;

/// A bot that the sandbox was started with. Its id is the number before the token's colon.
public record SandboxBot(String token, String username, String name) {
  public SandboxBot {
    if (!token.matches("\\d{1,18}:[A-Za-z0-9_-]{20,64}")) {
      throw new IllegalArgumentException("a bot's token looks like 7000000001:AA… (20 or more)");
    }
    if (!username.matches("[A-Za-z]\\w{3,31}")) {
      throw new IllegalArgumentException("a bot's username has 4 to 32 letters, digits and _");
    }
  }

  public long id() {
    return Long.parseLong(token.substring(0, token.indexOf(':')));
  }

  /// Never the token.
  @Override
  public String toString() {
    return "SandboxBot[@" + username + "]";
  }
}
