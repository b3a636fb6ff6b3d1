package propusk.bot.command;

import java.util.Optional;
import propusk.domain.event.EventId;
import propusk.domain.invite.InviteCode;
import propusk.domain.organization.OrganizationId;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.signin.SignInId;

/// A button under a message of ours, as its `callback_data` (64 bytes at most) says. The data comes
/// back from the person's app and is trusted no more than a typed command.
sealed interface Button {
  int ID_LENGTH = 22;
  String REPLACE = "replace:";
  String KEEP = "keep";
  String ASK_LOG_OUT = "logout?";
  String LOG_OUT = "logout:";
  String KEEP_SESSION = "logout-no";
  String DELETE = "delete:";
  String KEEP_DATA = "delete-no";
  String RESET = "reset:";
  String KEEP_ACCOUNT = "reset-no";
  String START_NEWS = "news-on:";
  String STOP_NEWS = "news-off:";
  String ASK_LEAVE = "leave?:";
  String LEAVE = "leave:";
  String KEEP_PLACE = "leave-no";
  String PICK = "pick:";
  String DENY = "deny:";

  /// The code's plan shall replace the one the person has.
  record ReplacePlan(InviteCode code) implements Button {
    @Override
    public String data() {
      return REPLACE + code.value();
    }
  }

  /// The person keeps the plan they have.
  record KeepPlan() implements Button {
    @Override
    public String data() {
      return KEEP;
    }
  }

  /// The session that we hold shall end: asks whether that is meant.
  record AskLogOut() implements Button {
    @Override
    public String data() {
      return ASK_LOG_OUT;
    }
  }

  /// This session shall end.
  record LogOut(TelegramSessionId session) implements Button {
    @Override
    public String data() {
      return LOG_OUT + session.value();
    }
  }

  record KeepSession() implements Button {
    @Override
    public String data() {
      return KEEP_SESSION;
    }
  }

  /// All data of the person shall be erased.
  ///
  /// @param askedAt when that was asked, in seconds since 1970
  record DeleteData(long askedAt) implements Button {
    @Override
    public String data() {
      return DELETE + askedAt;
    }
  }

  record KeepData() implements Button {
    @Override
    public String data() {
      return KEEP_DATA;
    }
  }

  /// An admin: all data of this account shall be erased.
  ///
  /// @param askedAt when that was asked, in seconds since 1970
  record ResetAccount(long telegramId, long askedAt) implements Button {
    @Override
    public String data() {
      return RESET + telegramId + ":" + askedAt;
    }
  }

  record KeepAccount() implements Button {
    @Override
    public String data() {
      return KEEP_ACCOUNT;
    }
  }

  /// News of an organization's events are wanted from now on, or not any more.
  record WantNews(OrganizationId organization, boolean wanted) implements Button {
    @Override
    public String data() {
      return (wanted ? START_NEWS : STOP_NEWS) + organization.value();
    }
  }

  /// The person's place at this event shall be free: asks whether that is meant.
  record AskLeave(EventId event) implements Button {
    @Override
    public String data() {
      return ASK_LEAVE + event.value();
    }
  }

  /// The person's place at this event is free.
  record Leave(EventId event) implements Button {
    @Override
    public String data() {
      return LEAVE + event.value();
    }
  }

  record KeepPlace() implements Button {
    @Override
    public String data() {
      return KEEP_PLACE;
    }
  }

  /// The number on the page of a browser that wants to enter.
  record PickNumber(SignInId signIn, int number) implements Button {
    @Override
    public String data() {
      return PICK + signIn.value() + number;
    }
  }

  /// That browser is not this person's.
  record DenySignIn(SignInId signIn) implements Button {
    @Override
    public String data() {
      return DENY + signIn.value();
    }
  }

  String data();

  /// Empty for data we did not write.
  static Optional<Button> parse(String data) {
    return switch (data) {
      case KEEP -> Optional.of(new KeepPlan());
      case ASK_LOG_OUT -> Optional.of(new AskLogOut());
      case KEEP_SESSION -> Optional.of(new KeepSession());
      case KEEP_DATA -> Optional.of(new KeepData());
      case KEEP_ACCOUNT -> Optional.of(new KeepAccount());
      case KEEP_PLACE -> Optional.of(new KeepPlace());
      default -> withValue(data);
    };
  }

  private static Optional<Button> withValue(String data) {
    var value = data.substring(data.indexOf(':') + 1);
    if (data.startsWith(REPLACE)) {
      return InviteCode.parse(value).map(ReplacePlan::new);
    }
    if (data.startsWith(LOG_OUT) && value.matches("[A-Za-z0-9_-]{22}")) {
      return Optional.of(new LogOut(new TelegramSessionId(value)));
    }
    if (data.startsWith(RESET) && value.matches("[1-9]\\d{0,15}:\\d{1,12}")) {
      var parts = value.split(":");
      return Optional.of(new ResetAccount(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }
    boolean start = data.startsWith(START_NEWS);
    if ((start || data.startsWith(STOP_NEWS)) && value.matches("\\d{1,18}")) {
      return Optional.of(new WantNews(new OrganizationId(Long.parseLong(value)), start));
    }
    boolean ask = data.startsWith(ASK_LEAVE);
    if ((ask || data.startsWith(LEAVE)) && value.matches("\\d{1,18}")) {
      var event = new EventId(Long.parseLong(value));
      return Optional.of(ask ? new AskLeave(event) : new Leave(event));
    }
    if (data.startsWith(PICK) && value.matches("[A-Za-z0-9_-]{22}[1-9][0-9]")) {
      int number = Integer.parseInt(value.substring(ID_LENGTH));
      return Optional.of(new PickNumber(new SignInId(value.substring(0, ID_LENGTH)), number));
    }
    if (data.startsWith(DENY)) {
      return SignInId.parse(value).map(DenySignIn::new);
    }
    return data.startsWith(DELETE) && value.matches("\\d{1,12}")
        ? Optional.of(new DeleteData(Long.parseLong(value)))
        : Optional.empty();
  }
}
