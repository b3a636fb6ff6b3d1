package propusk.sandbox.botapi;

/// What a bot answered to a pressed button; Telegram shows it for a moment, or as an alert.
public record CallbackAnswer(
    String callbackQueryId, long botId, long personId, String text, boolean alert) {}
