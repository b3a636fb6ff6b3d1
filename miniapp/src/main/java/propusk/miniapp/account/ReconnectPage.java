package propusk.miniapp.account;

import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// The way to the bot, which sends the button of a new login.
///
/// @param link opens the bot's chat
/// @param qr the same link for a phone's camera
/// @param bot such as `@propusk_bot`
public record ReconnectPage(Shell shell, String link, String qr, String bot) {
  public Words words() {
    return shell.words();
  }
}
