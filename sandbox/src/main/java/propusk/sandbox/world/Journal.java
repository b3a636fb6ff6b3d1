package propusk.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The file behind a world: a line of JSON for every change, in order.
///
/// `["shelf","key",{…}]` stores, `["shelf","key"]` removes, `["shelf"]` clears. A line is handed to
/// the operating system before [#append] returns, so a killed process loses none; one that it was
/// writing is dropped at the next opening. A file of mostly old lines is written anew.
final class Journal implements AutoCloseable {
  /// So many lines more than rows are not worth the work of writing the file anew.
  private static final int SLACK = 20_000;

  private final Path file;
  private final JsonMapper json;
  private final FileChannel lock;
  private final Map<String, Map<String, JsonNode>> shelves = new HashMap<>();
  private FileChannel channel;
  private long lines;

  /// On all shelves together; a shelf for each chat makes them too many to be counted each time.
  private long rows;

  private Journal(Path file, JsonMapper json, FileChannel lock) throws IOException {
    this.file = file;
    this.json = json;
    this.lock = lock;
    if (Files.exists(file)) {
      replay();
    }
    this.channel = rewritten();
  }

  /// Opens the journal in a directory, or begins one there.
  ///
  /// @throws IllegalStateException if another process has it open
  static Journal open(Path directory, JsonMapper json) {
    try {
      Files.createDirectories(directory);
      var lock =
          FileChannel.open(
              directory.resolve("world.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        lock.close();
        throw new IllegalStateException("another process has the world open: " + directory);
      }
      return new Journal(directory.resolve("world.jsonl"), json, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is stored on a shelf now.
  synchronized Map<String, JsonNode> rows(String shelf) {
    return Map.copyOf(shelves.getOrDefault(shelf, Map.of()));
  }

  synchronized List<String> names() {
    return List.copyOf(shelves.keySet());
  }

  synchronized void put(String shelf, String key, JsonNode value) {
    store(shelf, key, value);
    append(List.of(shelf, key, value));
  }

  synchronized void remove(String shelf, String key) {
    drop(shelf, key);
    append(List.of(shelf, key));
  }

  synchronized void clear(String shelf) {
    empty(shelf);
    append(List.of(shelf));
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(List<Object> line) {
    try {
      write(channel, line);
      lines++;
      if (lines > 2 * rows + SLACK) {
        channel.close();
        channel = rewritten();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replay() throws IOException {
    var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (var line : text.lines().toList()) {
      try {
        take(json.readTree(line));
      } catch (JacksonException e) {
        // Only the last line can be cut short: the process was killed while it wrote.
        return;
      }
    }
  }

  private void take(JsonNode line) {
    var shelf = line.path(0).asString();
    @Nullable JsonNode key = line.get(1);
    @Nullable JsonNode value = line.get(2);
    if (key == null) {
      empty(shelf);
    } else if (value == null) {
      drop(shelf, key.asString());
    } else {
      store(shelf, key.asString(), value);
    }
  }

  private void store(String shelf, String key, JsonNode value) {
    if (shelves.computeIfAbsent(shelf, _ -> new TreeMap<>()).put(key, value) == null) {
      rows++;
    }
  }

  private void drop(String shelf, String key) {
    if (shelves.getOrDefault(shelf, new TreeMap<>()).remove(key) != null) {
      rows--;
    }
  }

  private void empty(String shelf) {
    rows -= Optional.ofNullable(shelves.remove(shelf)).map(Map::size).orElse(0);
  }

  /// Puts a file with the present rows in place of the old one, and opens it for more.
  private FileChannel rewritten() throws IOException {
    var fresh = file.resolveSibling("world.jsonl.new");
    Files.deleteIfExists(fresh);
    var out = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    lines = 0;
    for (var shelf : shelves.entrySet()) {
      for (var row : shelf.getValue().entrySet()) {
        write(out, List.of(shelf.getKey(), row.getKey(), row.getValue()));
        lines++;
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return out;
  }

  private void write(FileChannel out, List<Object> line) throws IOException {
    var bytes =
        ByteBuffer.wrap((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
