package propusk.miniapp.edge;

import propusk.domain.account.Account;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// A person as clients hear of them, in Telegram's own words for it.
public final class UserJson {
  private UserJson() {}

  public static ObjectNode of(ObjectMapper json, Account account) {
    var user =
        json.createObjectNode()
            .put("id", account.telegramId().value())
            .put("first_name", account.firstName());
    account.lastName().ifPresent(name -> user.put("last_name", name));
    account.username().ifPresent(name -> user.put("username", name));
    return user;
  }
}
