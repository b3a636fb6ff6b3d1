package propusk.domain.registration;

/// A customer's name in JSON: 22 base64url characters.
public record CustomerId(String value) {}
