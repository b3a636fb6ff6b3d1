package propusk.app.soak;

/// Something that must not be.
///
/// @param invariant `I1` to `I6` as SECURITY.md's faults are judged, or `leftover`
record Violation(String invariant, String what) {
  @Override
  public String toString() {
    return invariant + ": " + what;
  }
}
