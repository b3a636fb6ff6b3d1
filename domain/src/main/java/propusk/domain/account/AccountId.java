package propusk.domain.account;

/// Our own id of an account.
public record AccountId(long value) {}
