package propusk.miniapp.widget;

import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// Where Telegram leads back to: sends on what it brought.
///
/// @param state proves that this browser went there
/// @param redirect where it goes on to
/// @param result the query that Telegram brought; empty where it is in the fragment
/// @param again where it begins anew
public record WidgetPage(Shell shell, String state, String redirect, String result, String again) {
  public Words words() {
    return shell.words();
  }
}
