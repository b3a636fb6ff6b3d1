package propusk.miniapp.initdata;

import java.time.Instant;
import propusk.domain.account.TelegramProfile;

/// Verified init data: who opened the Mini App, and when Telegram signed it.
///
/// @param fingerprint SHA-256 of the signed content in hex, the same however the launch encoded it
public record InitData(TelegramProfile user, Instant signedAt, String fingerprint) {}
