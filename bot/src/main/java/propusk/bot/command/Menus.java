package propusk.bot.command;

import com.pengrad.telegrambot.model.BotCommand;
import com.pengrad.telegrambot.model.MenuButtonDefault;
import com.pengrad.telegrambot.model.MenuButtonWebApp;
import com.pengrad.telegrambot.model.WebAppInfo;
import com.pengrad.telegrambot.model.botcommandscope.BotCommandsScopeChat;
import com.pengrad.telegrambot.request.SetChatMenuButton;
import com.pengrad.telegrambot.request.SetMyCommands;
import java.util.List;
import java.util.stream.Stream;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;

/// The lists of commands that Telegram's apps offer: [everybody's and the
/// admins'](https://core.telegram.org/bots/api#setmycommands), in each language.
public final class Menus {
  private static final List<String> ALL =
      List.of(
          "login",
          "subscription",
          "events",
          "sessions",
          "logout",
          "cancel",
          "help",
          "privacy",
          "delete_me");
  private static final List<String> ADMINS =
      List.of("invite", "event", "debug_status", "debug_reset", "debug_test_phone");

  private final Texts texts;

  public Menus(Texts texts) {
    this.texts = texts;
  }

  /// What sets the list that everybody sees.
  public List<SetMyCommands> forAll() {
    return List.of(
        new SetMyCommands(commands(Language.EN, ALL.stream())),
        new SetMyCommands(commands(Language.RU, ALL.stream())).languageCode(Language.RU.code()));
  }

  /// What sets the longer list in an admin's chat. Telegram refuses it while the admin has not
  /// started the bot.
  public List<SetMyCommands> forAdmin(TelegramUserId admin) {
    var scope = new BotCommandsScopeChat(admin.value());
    return List.of(
        new SetMyCommands(commands(Language.EN, adminsOwn())).scope(scope),
        new SetMyCommands(commands(Language.RU, adminsOwn()))
            .scope(scope)
            .languageCode(Language.RU.code()));
  }

  /// What puts the button beside the text field that [opens the Mini
  /// App](https://core.telegram.org/bots/api#setchatmenubutton). It has one text for everybody, so
  /// that is our name.
  ///
  /// @param baseUrl where our pages are
  public static SetChatMenuButton home(String baseUrl) {
    return new SetChatMenuButton()
        .menuButton(new MenuButtonWebApp("Propusk", new WebAppInfo(baseUrl + "/app")));
  }

  /// What leaves the usual list of commands there instead, for a bot whose launches sign nobody in.
  public static SetChatMenuButton noHome() {
    return new SetChatMenuButton().menuButton(new MenuButtonDefault());
  }

  private static Stream<String> adminsOwn() {
    return Stream.concat(ALL.stream(), ADMINS.stream());
  }

  private BotCommand[] commands(Language language, Stream<String> names) {
    return names
        .map(name -> new BotCommand(name, texts.say(language, "command." + name)))
        .toArray(BotCommand[]::new);
  }
}
