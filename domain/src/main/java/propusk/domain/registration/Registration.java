package propusk.domain.registration;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.organization.OrganizationId;

/// A browser that registers.
///
/// @param version counts its changes
/// @param name as the person typed it
/// @param customer once their contact came
/// @param phone the number of that contact
/// @param vouchedBy whose bot brought the contact, by its service key
public record Registration(
    RegistrationId id,
    long version,
    String name,
    RegistrationState state,
    BrowserInfo browser,
    Optional<CustomerId> customer,
    Optional<PhoneNumber> phone,
    Optional<OrganizationId> vouchedBy,
    Instant createdAt,
    Instant deadline) {

  public boolean live() {
    return !(state instanceof RegistrationState.Ended);
  }
}
