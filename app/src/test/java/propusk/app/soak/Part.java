package propusk.app.soak;

import java.util.Locale;

/// A part of the machine that can be killed.
enum Part {
  WEB,
  WORKER,
  POSTGRES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
