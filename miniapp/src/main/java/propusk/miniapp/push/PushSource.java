package propusk.miniapp.push;

import java.util.Collection;
import java.util.Map;

/// Reads what streams tell. Streams that share a source are read together: what changes at once is
/// one query, however many wait.
///
/// @param <K> what a stream is about, and who may see it
public interface PushSource<K> {
  /// What is true now; the stream of a key that is left out ends.
  Map<K, PushMessage> read(Collection<K> keys);
}
