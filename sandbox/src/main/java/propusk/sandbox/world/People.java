package propusk.sandbox.world;

import java.util.List;
import java.util.Optional;

/// Everybody who has an account here. Phone numbers and usernames belong to one person at a time.
public final class People {
  /// The first id given out: beyond 32 bits, as ids of today are.
  private static final long FIRST_ID = 5_000_000_001L;

  private final Shelf<Long, Person> shelf;

  People(Shelf<Long, Person> shelf) {
    this.shelf = shelf;
  }

  /// Makes an account.
  ///
  /// @throws IllegalArgumentException if the name or number is empty, or number or username are
  ///   taken
  public synchronized Person create(NewPerson wanted) {
    var phone = digits(wanted.phone());
    if (wanted.firstName().isBlank() || phone.isEmpty()) {
      throw new IllegalArgumentException("a person needs a first name and a phone number");
    }
    if (findByPhone(phone).isPresent()) {
      throw new IllegalArgumentException("the phone number belongs to somebody else");
    }
    if (wanted.username().flatMap(this::findByUsername).isPresent()) {
      throw new IllegalArgumentException("the username belongs to somebody else");
    }
    var person =
        new Person(
            shelf.lastKey().map(last -> last + 1).orElse(FIRST_ID),
            wanted.firstName().strip(),
            wanted.lastName(),
            wanted.username().map(People::bare),
            phone,
            wanted.password(),
            Optional.empty(),
            wanted.language().orElse("ru"),
            Person.EVERYWHERE,
            Standing.GOOD);
    shelf.put(person.id(), person);
    return person;
  }

  public Optional<Person> find(long id) {
    return shelf.find(id);
  }

  public Optional<Person> findByPhone(String phone) {
    var digits = digits(phone);
    return list().stream().filter(person -> person.phone().equals(digits)).findFirst();
  }

  /// Finds by username, with or without `@`, in any case.
  public Optional<Person> findByUsername(String username) {
    var bare = bare(username);
    return list().stream()
        .filter(person -> person.username().filter(bare::equalsIgnoreCase).isPresent())
        .findFirst();
  }

  /// Everybody, in the order they came.
  public List<Person> list() {
    return shelf.all();
  }

  /// Stores a changed person (another name, a password set or removed).
  public void store(Person person) {
    shelf.put(person.id(), person);
  }

  /// A phone number as people are found by: nothing but its digits.
  public static String digits(String phone) {
    return phone.replaceAll("\\D", "");
  }

  private static String bare(String username) {
    return username.startsWith("@") ? username.substring(1) : username;
  }
}
