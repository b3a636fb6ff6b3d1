package propusk.sandbox.dc.handler;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.schema.TlObject;

/// `help.*`: where the data centres are, and that there is no news.
final class HelpMethods {
  private static final int HOUR = 3600;

  private final InstantSource clock;
  private final int ownDc;
  private final IntSupplier port;

  /// All data centres of this world are one process at one port.
  HelpMethods(InstantSource clock, int ownDc, IntSupplier port) {
    this.clock = clock;
    this.ownDc = ownDc;
    this.port = port;
  }

  Map<String, Method> table() {
    return Map.of(
        "help.getConfig", (asker, _) -> config(asker),
        "help.getNearestDc", (asker, _) -> nearestDc(asker),
        "help.getAppConfig", (_, _) -> appConfig(),
        "help.getTermsOfServiceUpdate",
            (_, _) -> TlObject.of("help.termsOfServiceUpdateEmpty", "expires", now() + HOUR),
        "help.getPromoData", (_, _) -> TlObject.of("help.promoDataEmpty", "expires", now() + HOUR));
  }

  private TlObject nearestDc(Asker asker) {
    int dc = asker.key().dc();
    return TlObject.of("nearestDc", "country", "RU", "this_dc", dc, "nearest_dc", dc);
  }

  private static TlObject appConfig() {
    return TlObject.of(
        "help.appConfig", "hash", 1, "config", TlObject.of("jsonObject", "value", List.of()));
  }

  /// See <https://core.telegram.org/constructor/config>; the limits are the documented ones.
  private TlObject config(Asker asker) {
    return TlObject.of(
        "config",
        "date",
        now(),
        "expires",
        now() + HOUR,
        "test_mode",
        true,
        "this_dc",
        asker.key().dc(),
        "dc_options",
        IntStream.rangeClosed(1, DataCentre.COUNT).mapToObj(this::dcOption).toList(),
        "dc_txt_domain_name",
        "localhost",
        "chat_size_max",
        200,
        "megagroup_size_max",
        200_000,
        "forwarded_count_max",
        100,
        "online_update_period_ms",
        210_000,
        "offline_blur_timeout_ms",
        5_000,
        "offline_idle_timeout_ms",
        30_000,
        "online_cloud_timeout_ms",
        300_000,
        "notify_cloud_delay_ms",
        30_000,
        "notify_default_delay_ms",
        1_500,
        "push_chat_period_ms",
        60_000,
        "push_chat_limit",
        2,
        "edit_time_limit",
        172_800,
        "revoke_time_limit",
        Integer.MAX_VALUE,
        "revoke_pm_time_limit",
        Integer.MAX_VALUE,
        "rating_e_decay",
        2_419_200,
        "stickers_recent_limit",
        200,
        "channels_read_media_period",
        604_800,
        "call_receive_timeout_ms",
        20_000,
        "call_ring_timeout_ms",
        90_000,
        "call_connect_timeout_ms",
        30_000,
        "call_packet_timeout_ms",
        10_000,
        "me_url_prefix",
        "https://t.me/",
        "caption_length_max",
        1_024,
        "message_length_max",
        4_096,
        "webfile_dc_id",
        ownDc,
        // Older layers have these too.
        "saved_gifs_limit",
        200,
        "stickers_faved_limit",
        5,
        "pinned_dialogs_count_max",
        5,
        "pinned_infolder_count_max",
        100);
  }

  private TlObject dcOption(int id) {
    return TlObject.of(
        "dcOption",
        "static",
        true,
        "this_port_only",
        true,
        "id",
        id,
        "ip_address",
        "127.0.0.1",
        "port",
        port.getAsInt());
  }

  private int now() {
    return (int) clock.instant().getEpochSecond();
  }
}
