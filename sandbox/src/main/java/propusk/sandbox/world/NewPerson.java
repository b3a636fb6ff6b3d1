package propusk.sandbox.world;

import java.util.Optional;

/// A [Person] before the world gave an id. A phone number may come with plus, spaces and hyphens.
public record NewPerson(
    String firstName,
    Optional<String> lastName,
    Optional<String> username,
    String phone,
    Optional<String> password,
    Optional<String> language) {

  /// Somebody with nothing but a first name and a phone number.
  public static NewPerson of(String firstName, String phone) {
    return new NewPerson(
        firstName, Optional.empty(), Optional.empty(), phone, Optional.empty(), Optional.empty());
  }
}
