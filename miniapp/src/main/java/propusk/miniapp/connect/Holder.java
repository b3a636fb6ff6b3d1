package propusk.miniapp.connect;

import propusk.domain.account.Account;

/// Whose login it is, as pages of ordinary browsers name the person.
///
/// @param name with the last name's first letter only: a screen that others may see
/// @param who `@username`, or the name where there is none
public record Holder(String initials, String name, String who) {

  static Holder of(Account account) {
    var last = account.lastName().map(Holder::first);
    var name = last.map(letter -> account.firstName() + " " + letter + ".");
    return new Holder(
        first(account.firstName()) + last.orElse(""),
        name.orElse(account.firstName()),
        account.username().map(username -> "@" + username).orElseGet(account::fullName));
  }

  private static String first(String name) {
    return name.isEmpty() ? "" : new String(Character.toChars(name.codePointAt(0)));
  }
}
