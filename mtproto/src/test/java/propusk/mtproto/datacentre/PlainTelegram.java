package propusk.mtproto.datacentre;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.DataCentreConfig;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// A world, its data centres, and TDLib clients in its neighbourhood.
final class PlainTelegram {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private final Path directory;
  private final PlainTdlib tdlib;
  private final AtomicInteger numbered = new AtomicInteger();
  final World world;
  final DataCentre dataCentre;

  PlainTelegram(Path directory) {
    this.directory = directory;
    world = World.open(directory.resolve("world"));
    dataCentre = DataCentre.start(world, DataCentreConfig.onFreePort());
    tdlib = new PlainTdlib(dataCentre.publicKeyPem(), directory);
  }

  Person person(String name) {
    var phone = "+79996610" + (100 + numbered.getAndIncrement());
    return world.people().create(NewPerson.of(name, phone));
  }

  Path newDirectory() {
    return directory.resolve("client" + numbered.getAndIncrement());
  }

  PlainClient open() throws InterruptedException {
    return open(newDirectory());
  }

  PlainClient open(Path files) throws InterruptedException {
    return open(files, dataCentre.proxySecret(), false);
  }

  /// Opens a client on what lies in `files`, or on nothing.
  ///
  /// @param temporaryKeys whether it uses them (PFS)
  PlainClient open(Path files, String proxySecret, boolean temporaryKeys)
      throws InterruptedException {
    var client = tdlib.open();
    var type = Map.of("@type", "proxyTypeMtproto", "secret", proxySecret);
    var proxy = Map.of("server", dataCentre.host(), "port", dataCentre.port(), "type", type);
    var _ = client.begin("addProxy", "proxy", proxy, "enable", true);
    var pfs = Map.of("@type", "optionValueBoolean", "value", temporaryKeys);
    var _ = client.begin("setOption", "name", "use_pfs", "value", pfs);
    client.ask(
        "setTdlibParameters",
        "use_test_dc",
        true,
        "database_directory",
        files.toString(),
        "files_directory",
        files.toString(),
        "database_encryption_key",
        KEY,
        "api_id",
        12345,
        "api_hash",
        "0123456789abcdef0123456789abcdef",
        "system_language_code",
        "en",
        "device_model",
        "Plain",
        "system_version",
        "Java",
        "application_version",
        "0.1");
    return client;
  }

  /// The latest code that was sent to a person.
  String codeOf(Person person) {
    return dataCentre.loginCodes(person.phone()).getLast().digits();
  }

  public void close() throws InterruptedException {
    tdlib.close();
    dataCentre.close();
    world.close();
  }
}
