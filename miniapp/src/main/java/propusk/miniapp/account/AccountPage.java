package propusk.miniapp.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.device.DeviceId;
import propusk.domain.websession.WebSessionId;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// What a signed-in person has, for the dashboard and for the page of sessions.
///
/// @param leaving since when all of it is being erased
/// @param stamp of what is shown: the script asks anew when it changes
/// @param formToken what its forms send along
public record AccountPage(
    Shell shell,
    Account account,
    Optional<PlanPart> plan,
    TelegramPart telegram,
    List<Place> places,
    List<KnownBrowser> known,
    Optional<Instant> leaving,
    String stamp,
    String formToken) {

  /// @param here the session that asks, where it is one of those that are shown
  /// @param device the browser that asks, where it is known
  public static AccountPage of(
      Shell shell,
      AccountView view,
      Optional<WebSessionId> here,
      Optional<DeviceId> device,
      String formToken) {
    var words = shell.words();
    return new AccountPage(
        shell,
        view.account(),
        PlanPart.of(words, view),
        TelegramPart.of(words, view),
        Place.all(words, view, here),
        KnownBrowser.all(words, view, device),
        view.leaving(),
        view.stamp(),
        formToken);
  }

  public Words words() {
    return shell.words();
  }

  public String initials() {
    return Said.initials(words(), account);
  }

  public String whose() {
    return Said.whose(account);
  }

  public boolean alone() {
    return places.stream().allMatch(Place::here);
  }

  public String day(Instant at) {
    return Said.day(words(), at);
  }

  public String moment(Instant at) {
    return Said.moment(words(), at);
  }
}
