package propusk.bot.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.signin.Decision;
import propusk.domain.signin.OpenOutcome;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInKind;
import propusk.domain.signin.SignIns;
import propusk.domain.signin.StartParameter;

/// A person who came from a browser that wants to enter: `/start` with its link's parameter or its
/// code asks them, and only their answer counts.
final class SignInCommand {
  private final SignIns signIns;
  private final SignInQuestions questions;
  private final AdmissionWords admissions;
  private final Texts texts;
  private final InstantSource clock;

  SignInCommand(
      SignIns signIns,
      SignInQuestions questions,
      AdmissionWords admissions,
      Texts texts,
      InstantSource clock) {
    this.signIns = signIns;
    this.questions = questions;
    this.admissions = admissions;
    this.texts = texts;
    this.clock = clock;
  }

  /// The same where a code came without a command.
  Optional<Reply> typed(Handle handle, Account account, SignInCode code) {
    return answer(account, signIns.open(handle, code, account.id()));
  }

  /// Empty: the argument leads to no sign-in.
  Optional<Reply> start(Handle handle, Account account, String argument) {
    return StartParameter.parse(argument)
        .map(start -> signIns.open(handle, start, account.id()))
        .flatMap(it -> answer(account, it))
        .or(() -> SignInCode.parse(argument).map(code -> byCode(handle, account, code)));
  }

  private Reply byCode(Handle handle, Account account, SignInCode code) {
    return answer(account, signIns.open(handle, code, account.id()))
        .orElseGet(() -> say(account, "sign_in.no_code"));
  }

  Reply pick(Handle handle, Account account, SignInId id, int number) {
    return decided(handle, account, signIns.pick(handle, id, account.id(), number));
  }

  Reply deny(Handle handle, Account account, SignInId id) {
    return decided(handle, account, signIns.deny(handle, id, account.id()));
  }

  private Optional<Reply> answer(Account account, OpenOutcome outcome) {
    return switch (outcome) {
      case OpenOutcome.Asks(var signIn) -> Optional.of(questions.ask(account.language(), signIn));
      case OpenOutcome.Over _ -> Optional.of(say(account, "sign_in.over"));
      case OpenOutcome.Taken _ -> Optional.of(say(account, "sign_in.taken"));
      case OpenOutcome.Limited(var until) -> Optional.of(limited(account, until));
      case OpenOutcome.Unknown _ -> Optional.empty();
    };
  }

  private Reply decided(Handle handle, Account account, Decision decision) {
    return switch (decision) {
      case Decision.Approved(var signIn) ->
          signIn.kind() == SignInKind.EVENT
              ? admissions.admit(handle, account, signIn)
              : say(account, "sign_in.approved");
      case Decision.Denied _ -> say(account, "sign_in.denied");
      case Decision.Mismatched _ -> say(account, "sign_in.mismatched");
      case Decision.Over _, Decision.NotAsked _ -> say(account, "sign_in.over");
    };
  }

  private Reply limited(Account account, Instant until) {
    var minutes = Texts.minutes(Duration.between(clock.instant(), until));
    return Reply.of(texts.say(account.language(), "sign_in.too_many", Map.of("minutes", minutes)));
  }

  private Reply say(Account account, String key) {
    return Reply.of(texts.say(account.language(), key));
  }
}
