package propusk.sandbox.world;

import java.util.Objects;
import java.util.Optional;

/// Somebody with a Telegram account in this world.
///
/// @param phone digits only, as Telegram writes them, without the plus sign
/// @param password the two-step password, if this person set one
/// @param hint what reminds the person of the password
/// @param language IETF tag of the app's language, such as `ru`
/// @param dc the data centre where the account lives, 1 to 5; 0 for one that is at home in each
public record Person(
    long id,
    String firstName,
    Optional<String> lastName,
    Optional<String> username,
    String phone,
    Optional<String> password,
    Optional<String> hint,
    String language,
    int dc,
    Standing standing) {
  /// At home in every data centre, as people are who were told nothing else.
  public static final int EVERYWHERE = 0;

  /// Worlds written before accounts had a standing lack it.
  public Person {
    standing = Objects.requireNonNullElse(standing, Standing.GOOD);
  }

  /// Whether clients in this data centre need not go to another one.
  public boolean isAtHome(int visitedDc) {
    return dc == EVERYWHERE || dc == visitedDc;
  }

  public Person withNames(String first, Optional<String> last) {
    return new Person(id, first, last, username, phone, password, hint, language, dc, standing);
  }

  /// With this two-step password, or with none; the hint goes with it.
  public Person withPassword(Optional<String> newPassword, Optional<String> newHint) {
    var reminds = newPassword.flatMap(_ -> newHint);
    return new Person(
        id, firstName, lastName, username, phone, newPassword, reminds, language, dc, standing);
  }

  public Person withLanguage(String newLanguage) {
    return new Person(
        id, firstName, lastName, username, phone, password, hint, newLanguage, dc, standing);
  }

  /// Living in another data centre.
  public Person withDc(int newDc) {
    return new Person(
        id, firstName, lastName, username, phone, password, hint, language, newDc, standing);
  }

  public Person withStanding(Standing newStanding) {
    return new Person(
        id, firstName, lastName, username, phone, password, hint, language, dc, newStanding);
  }
}
