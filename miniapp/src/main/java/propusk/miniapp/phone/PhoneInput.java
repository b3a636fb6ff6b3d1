package propusk.miniapp.phone;

import propusk.domain.account.PhoneNumber;

/// What somebody typed as a phone number.
public sealed interface PhoneInput {

  record Parsed(PhoneNumber number) implements PhoneInput {}

  /// Some digits are missing.
  record TooShort() implements PhoneInput {}

  /// Too many digits, no such country, or no number at all.
  record Invalid() implements PhoneInput {}
}
