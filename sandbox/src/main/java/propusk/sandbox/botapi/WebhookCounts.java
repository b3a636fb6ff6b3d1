package propusk.sandbox.botapi;

/// What became of deliveries to a bot's webhook in this run.
///
/// @param sent requests made
/// @param accepted answered with 2xx and known to be so
/// @param repeated sent again though they had been accepted: faults ask for it
/// @param failed refused, broken off, or answered unheard
public record WebhookCounts(long sent, long accepted, long repeated, long failed) {}
