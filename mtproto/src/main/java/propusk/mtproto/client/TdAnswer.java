package propusk.mtproto.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What TDLib answers, as far as we read it. Unknown fields are passed over.
public sealed interface TdAnswer {
  record Ok() implements TdAnswer {}

  record AddedProxy(int id) implements TdAnswer {}

  record User(
      long id,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable Usernames usernames,
      @Nullable String languageCode,
      @Nullable String phoneNumber)
      implements TdAnswer {
    @Override
    public String toString() {
      return "User[" + id + "]";
    }
  }

  record Usernames(@Nullable String editableUsername) {}

  record Sessions(@Nullable List<Session> sessions) implements TdAnswer {}

  record Session(long id, boolean isCurrent) {}

  /// A value of any kind, in words; null for an option that is not set.
  record OptionValue(@Nullable String value) implements TdAnswer {}
}
