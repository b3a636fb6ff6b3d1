package propusk.domain.race;

import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Something that counts once.
///
/// @param name as a report calls it
/// @param round makes a new one, and says how it is used
public record SingleUse(String name, Supplier<Attempt> round) {

  /// One of many who use it at the same moment, each in a transaction of their own.
  public interface Attempt {
    /// @param who a number from zero
    /// @return what they got for it, which nobody else may get; empty: nothing
    Optional<String> by(Handle handle, int who);
  }
}
