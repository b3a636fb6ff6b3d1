package propusk.sandbox.botapi;

import java.util.List;

/// What `reply_markup` asked for. Only inline keyboards stay with their message.
public record Keyboard(Kind kind, List<List<Button>> rows, boolean oneTime) {
  /// How the keyboard is shown.
  public enum Kind {
    INLINE,
    REPLY,
    REMOVE,
    FORCE_REPLY
  }

  public Keyboard {
    rows = rows.stream().map(List::copyOf).toList();
  }

  public boolean isInline() {
    return kind == Kind.INLINE;
  }

  /// All buttons, counted over all rows as the control API counts them.
  public List<Button> buttons() {
    return rows.stream().flatMap(List::stream).toList();
  }
}
