package propusk.sandbox.dc.schema;

/// Bytes that are no value of the schema.
public final class TlException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TlException(String message) {
    super(message);
  }
}
