package propusk.domain.login;

import propusk.domain.seal.Secret;

/// Whoever types a page code: guesses are counted by browser and by address.
///
/// @param browser a cookie that the form's page gave
/// @param address or the network that one household has
public record Guesser(Secret browser, String address) {}
