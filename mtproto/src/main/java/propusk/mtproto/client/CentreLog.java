package propusk.mtproto.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import propusk.mtproto.tdlib.TdJson;

/// Which clients are on their way into another data centre than their account's.
///
/// TDLib takes a login back to every data centre that it spoke to before
/// (`auth.exportAuthorization`, `auth.importAuthorization`), at Telegram nearly always: a new
/// client tries the first one, and hardly anybody lives there. No update tells of it, but the log
/// does: its tag `dc` alone, which holds numbers of data centres and no secret.
///
/// See [data centres](https://core.telegram.org/api/datacenter).
final class CentreLog implements AutoCloseable {
  /// TDLib begins a new file then: some thousand clients later.
  private static final long LARGEST = 64 << 20;

  private static final Pattern LINE =
      Pattern.compile(
          "]\\[#(\\d+)].*(Send exportAuthorization to|Update) DcId\\{(\\d+)}(.*)", Pattern.DOTALL);
  private static final String LET_IN = " to OK";

  private final TdJson json;
  private final Path file;
  private final IntPredicate open;
  private final Map<Integer, Set<String>> entering = new HashMap<>();
  private InputStream in;
  private @Nullable Object read;
  private String rest = "";

  /// @param directory where only this process writes
  /// @param open tells whether a client is still of interest
  CentreLog(TdJson json, Path directory, IntPredicate open) {
    this.json = json;
    this.file = directory.resolve("data-centres.log");
    this.open = open;
    // From level 3 on the log holds login tokens.
    set(new TdRequest.SetLogVerbosityLevel(1));
    set(new TdRequest.SetLogStream(new TdRequest.LogStreamFile(file.toString(), LARGEST, false)));
    set(new TdRequest.SetLogTagVerbosityLevel("dc", 1));
    this.in = openFile();
  }

  /// The client may be closed without harm when this is false.
  synchronized boolean entering(int client) {
    try {
      take();
      if (!Objects.equals(read, keyOf(file))) {
        in.close();
        in = openFile();
        take();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entering.containsKey(client);
  }

  /// Says nothing more, once no client is left.
  @Override
  public synchronized void close() {
    set(new TdRequest.SetLogStream(new TdRequest.LogStreamEmpty()));
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take() throws IOException {
    var lines = (rest + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).split("\n", -1);
    for (var i = 0; i < lines.length - 1; i++) note(lines[i]);
    rest = lines[lines.length - 1];
    entering.keySet().removeIf(client -> !open.test(client));
  }

  private void note(String line) {
    var match = LINE.matcher(line);
    if (!match.find()) return;
    var client = Integer.valueOf(match.group(1));
    if (!match.group(2).equals("Update")) {
      entering.computeIfAbsent(client, _ -> new HashSet<>()).add(match.group(3));
    } else if (match.group(4).endsWith(LET_IN)) {
      entering.computeIfPresent(
          client,
          (_, centres) -> {
            centres.remove(match.group(3));
            return centres.isEmpty() ? null : centres;
          });
    }
  }

  private InputStream openFile() {
    try {
      rest = "";
      var opened = Files.newInputStream(file);
      read = keyOf(file);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private void set(TdRequest<?> request) {
    var error = TdError.in(TdMapper.read(json.execute(TdMapper.write(request, ""))));
    if (error.isPresent()) throw new TdRefused(request.tdType(), error.get());
  }
}
