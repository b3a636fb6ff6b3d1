package propusk.mtproto.tdlib;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The one class that holds native method handles. No `MemorySegment` leaves it: every C string is
/// copied before the next call.
///
/// A loaded library stays loaded until the process ends.
@SuppressWarnings("restricted")
public final class NativeTdJson implements TdJson {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final AddressLayout C_STRING =
      ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, JAVA_BYTE));

  private static final MethodHandle MALLOC_TRIM =
      function(LINKER.defaultLookup(), "malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final MethodHandle EXIT =
      function(LINKER.defaultLookup(), "_exit", FunctionDescriptor.ofVoid(JAVA_INT));

  private final MethodHandle createClientId;
  private final MethodHandle send;
  private final MethodHandle receive;
  private final MethodHandle execute;

  private NativeTdJson(SymbolLookup library) {
    createClientId = function(library, "td_create_client_id", FunctionDescriptor.of(JAVA_INT));
    send = function(library, "td_send", FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS));
    receive = function(library, "td_receive", FunctionDescriptor.of(C_STRING, JAVA_DOUBLE));
    execute = function(library, "td_execute", FunctionDescriptor.of(C_STRING, ADDRESS));
  }

  /// Loads the library at this path. Who calls has checked what it holds.
  static NativeTdJson load(Path library) {
    return new NativeTdJson(SymbolLookup.libraryLookup(library, Arena.global()));
  }

  @Override
  public int createClientId() {
    try {
      return (int) createClientId.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void send(int clientId, String request) {
    try (var arena = Arena.ofConfined()) {
      send.invokeExact(clientId, arena.allocateFrom(request));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public Optional<String> receive(Duration timeout) {
    try {
      return copied((MemorySegment) receive.invokeExact(timeout.toMillis() / 1000.0));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public String execute(String request) {
    try (var arena = Arena.ofConfined()) {
      return copied((MemorySegment) execute.invokeExact(arena.allocateFrom(request))).orElse("");
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Gives freed memory back to the system: closing clients alone does not.
  public static void releaseFreedMemory() {
    try {
      var _ = (int) MALLOC_TRIM.invokeExact(0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Ends the process now, without C++ destructors, which abort while clients are open. The last
  /// resort.
  public static void exitNow(int status) {
    try {
      EXIT.invokeExact(status);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static Optional<String> copied(MemorySegment text) {
    return text.equals(MemorySegment.NULL) ? Optional.empty() : Optional.of(text.getString(0));
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    var address =
        library
            .find(name)
            .orElseThrow(() -> new IllegalStateException("no function " + name + " in TDLib"));
    return LINKER.downcallHandle(address, descriptor);
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) throw error;
    return new IllegalStateException("a native call failed", e);
  }
}
