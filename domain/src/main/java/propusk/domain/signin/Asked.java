package propusk.domain.signin;

/// A look at a sign-in, and what is shown for it.
public record Asked(SignInId id, BrowserProof proof) {}
