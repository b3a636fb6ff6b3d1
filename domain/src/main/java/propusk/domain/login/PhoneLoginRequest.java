package propusk.domain.login;

import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;

/// A person on the website wants a code for this number.
public record PhoneLoginRequest(PhoneNumber number, Language language) {}
