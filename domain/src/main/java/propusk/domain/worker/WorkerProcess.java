package propusk.domain.worker;

/// A process on a host.
///
/// @param host what names the machine and its state directory
/// @param startedTicks the process' start time, field 22 of /proc/[pid]/stat, so that a reused pid
///   is told apart
public record WorkerProcess(String host, long pid, long startedTicks) {}
