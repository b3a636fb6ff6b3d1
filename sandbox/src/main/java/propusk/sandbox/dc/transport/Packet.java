package propusk.sandbox.dc.transport;

/// What one frame carried.
public final class Packet {
  private final byte[] payload;
  private final boolean quickAckWanted;

  Packet(byte[] payload, boolean quickAckWanted) {
    this.payload = payload;
    this.quickAckWanted = quickAckWanted;
  }

  /// The message, with up to 15 bytes of padding behind it in padded framings.
  public byte[] payload() {
    return payload;
  }

  /// Whether the client asks to be told at once that it arrived.
  public boolean quickAckWanted() {
    return quickAckWanted;
  }
}
