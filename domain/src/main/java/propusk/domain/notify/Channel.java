package propusk.domain.notify;

import java.util.Locale;

/// What a hint is about; its payload holds ids only.
public enum Channel {
  /// Login ids: a login has a new version.
  LOGIN,
  /// Telegram session ids: there is work for a worker.
  SESSION,
  /// Account ids: what a signed-in person sees has changed, or who is signed in.
  ACCOUNT,
  /// Sign-in ids: a sign-in has a new version.
  SIGN_IN,
  /// Sign-in ids: a question waits to be put to its person.
  QUESTION,
  /// Bot ids: updates wait.
  INBOX,
  /// Bot ids: messages wait.
  OUTBOX,
  /// Registration ids: a registration has a new version.
  REGISTRATION,
  /// Nothing: the operator is to be told something.
  ALERT;

  String sqlName() {
    return "propusk_" + name().toLowerCase(Locale.ROOT);
  }
}
