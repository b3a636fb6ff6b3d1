package propusk.domain.seal;

/// A text that must not be seen: a token, a link, a code. Its `toString` says nothing.
public record Secret(String value) {
  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an empty secret");
    }
  }

  @Override
  public String toString() {
    return "Secret[…]";
  }
}
