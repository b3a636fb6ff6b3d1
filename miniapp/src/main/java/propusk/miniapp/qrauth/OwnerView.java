package propusk.miniapp.qrauth;

import java.util.Optional;
import propusk.domain.login.LoginSnapshot;
import propusk.domain.login.SecondScreen;

/// What a login's page shows of it.
///
/// @param screen only for the owner's page inside Telegram
public record OwnerView(LoginSnapshot snapshot, Optional<SecondScreen> screen) {
  public static OwnerView of(LoginSnapshot snapshot) {
    return new OwnerView(snapshot, Optional.empty());
  }
}
