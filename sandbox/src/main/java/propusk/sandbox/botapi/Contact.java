package propusk.sandbox.botapi;

import org.jspecify.annotations.Nullable;

/// A shared contact; `userId` is whose it is, when Telegram knows.
public record Contact(
    String phoneNumber, String firstName, @Nullable String lastName, @Nullable Long userId) {}
