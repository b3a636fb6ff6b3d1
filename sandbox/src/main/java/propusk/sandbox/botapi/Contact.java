package propusk.sandbox.botapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A shared contact; `userId` is whose it is, when Telegram knows.
///
/// @param forwardedFrom who sent it first, where the message is a forwarded one
public record Contact(
    String phoneNumber,
    String firstName,
    @Nullable String lastName,
    @Nullable Long userId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long forwardedFrom) {}
