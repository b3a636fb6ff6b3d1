package propusk.domain.device;

import propusk.domain.seal.Secret;

/// What a browser's device cookie says.
public sealed interface DeviceOutcome {

  /// It is this device.
  ///
  /// @param successor the cookie that counts from now on
  record Known(TrustedDevice device, Secret successor) implements DeviceOutcome {}

  /// It is a device of somebody else than is asked for, or one that rests: nothing was changed.
  record NotThis() implements DeviceOutcome {}

  /// It was this device until the account's Telegram session ended: the person is proven, and there
  /// is nothing that could let them in.
  record Retired(TrustedDevice device) implements DeviceOutcome {}

  /// It shows what was replaced long ago: somebody has a copy. Nobody is known by it any more.
  record Stolen() implements DeviceOutcome {}

  /// It is none of ours, or not any more.
  record Unknown() implements DeviceOutcome {}
}
