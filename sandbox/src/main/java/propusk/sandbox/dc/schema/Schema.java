package propusk.sandbox.dc.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The constructors and methods of a `.tl` file, by id and by name.
///
/// Types and methods are kept apart: some clients' schemas give both the same id.
public final class Schema {
  private static final String TYPES = "---types---";
  private static final String FUNCTIONS = "---functions---";
  private static final String UNTIL = "//@until ";
  private static final String NAME_ONLY = "//@name ";

  private final List<Combinator> all = new ArrayList<>();
  private final Map<Integer, Combinator> typesById = new HashMap<>();
  private final Map<Integer, Combinator> functionsById = new HashMap<>();
  private final Map<String, List<Combinator>> typesByName = new HashMap<>();

  private final Map<Integer, String> namesOnly = new HashMap<>();

  private Schema() {}

  /// Service messages of MTProto itself.
  public static Schema mtproto() {
    return load("mtproto.tl");
  }

  /// Telegram's API, as much of it as the data centre speaks.
  public static Schema telegram() {
    return load("telegram.tl", "older.tl");
  }

  static Schema parse(String text) {
    var schema = new Schema();
    boolean functions = false;
    int untilLayer = Integer.MAX_VALUE;
    for (var line : text.lines().map(String::strip).toList()) {
      if (line.equals(TYPES) || line.equals(FUNCTIONS)) {
        functions = line.equals(FUNCTIONS);
      } else if (line.startsWith(UNTIL)) {
        untilLayer = Integer.parseInt(line.substring(UNTIL.length()));
      } else if (line.startsWith(NAME_ONLY)) {
        schema.addName(line.substring(NAME_ONLY.length()));
      } else if (!line.isEmpty() && !line.startsWith("//")) {
        schema.add(Combinator.parse(line, untilLayer), functions);
        untilLayer = Integer.MAX_VALUE;
      }
    }
    return schema;
  }

  /// Every line, for checks against clients.
  public List<Combinator> all() {
    return List.copyOf(all);
  }

  Optional<Combinator> type(int id) {
    return Optional.ofNullable(typesById.get(id));
  }

  /// The form that clients of `layer` know for a constructor's name.
  ///
  /// @throws IllegalArgumentException if the schema has no such constructor
  Combinator type(String name, int layer) {
    return typesByName.getOrDefault(name, List.of()).stream()
        .filter(form -> form.untilLayer() >= layer)
        .reduce((one, other) -> one.untilLayer() <= other.untilLayer() ? one : other)
        .orElseThrow(() -> new IllegalArgumentException("no constructor " + name));
  }

  /// Whether a method only holds another call: `invokeWithLayer` and its like.
  public boolean isWrapper(int id) {
    return function(id).stream()
        .flatMap(function -> function.fields().stream())
        .anyMatch(field -> field.type() == TlType.Plain.QUERY);
  }

  /// A method's name for people to read, also where nothing else is known of it.
  public String nameOf(int id) {
    var name = namesOnly.get(id);
    return name == null ? "#%08x".formatted(id) : name;
  }

  Optional<Combinator> function(int id) {
    return Optional.ofNullable(functionsById.get(id));
  }

  private void add(Combinator combinator, boolean function) {
    all.add(combinator);
    if (function) {
      functionsById.put(combinator.id(), combinator);
    } else {
      typesById.put(combinator.id(), combinator);
      typesByName.computeIfAbsent(combinator.name(), _ -> new ArrayList<>()).add(combinator);
    }
  }

  private void addName(String nameAndId) {
    int hash = nameAndId.indexOf('#');
    int id = Integer.parseUnsignedInt(nameAndId.substring(hash + 1), 16);
    namesOnly.put(id, nameAndId.substring(0, hash));
  }

  private static Schema load(String... files) {
    return parse(String.join("\n", Arrays.stream(files).map(Schema::read).toList()));
  }

  private static String read(String file) {
    try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
