package propusk.app.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Holds what Telegram and people know against our rows, after everything has come to rest.
///
/// Telegram's side comes from the sandbox, people's from the [Book]; neither asks the program.
/// [LedgerTest] shows of each check that it finds what it looks for.
final class Ledger {
  private static final Duration REST = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Machine machine;
  private final Book book;

  Ledger(Machine machine, Book book) {
    this.machine = machine;
    this.book = book;
  }

  /// Everybody in the book.
  Set<Long> people() {
    var people = new TreeSet<Long>();
    book.all(Fact.Promised.class).forEach(fact -> people.add(fact.person()));
    book.all(Fact.Approving.class).forEach(fact -> people.add(fact.person()));
    return people;
  }

  /// Looks until nothing is wrong any more: a minute may pass until all has come to rest.
  ///
  /// @return what is wrong even then
  List<Violation> judge(Set<Long> people) throws InterruptedException {
    var deadline = System.nanoTime() + REST.toNanos();
    while (true) {
      var found = check(people);
      if (found.isEmpty() || System.nanoTime() > deadline) return found;
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /// What is wrong at this moment.
  ///
  /// @param people whose chats, sessions and logins are looked at; what is counted is counted over
  ///   all
  List<Violation> check(Set<Long> people) {
    var found = new ArrayList<Violation>();
    var logins =
        book.all(Fact.Promised.class)
            .filter(fact -> people.contains(fact.person()))
            .map(Fact.Promised::login)
            .collect(Collectors.toSet());
    machine
        .rows()
        .useHandle(handle -> {
          found.addAll(new Approvals(book, logins).check(handle));
          found.addAll(Counts.check(handle));
          found.addAll(new SessionsAtTelegram(machine.telegram(), people).check(handle));
          found.addAll(new Promises(book, machine.telegram(), people, logins).check(handle));
          found.addAll(leftovers(handle));
        });
    return found;
  }

  private List<Violation> leftovers(Handle handle) {
    var worker = machine.process(Part.WORKER).pid();
    return Leftovers.check(handle, List.of(login(), vault()), worker);
  }

  private Path login() {
    return machine.scratch().resolve("login");
  }

  private Path vault() {
    return machine.scratch().resolve("vault");
  }
}
