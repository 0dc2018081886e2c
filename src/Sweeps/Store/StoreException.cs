namespace AdvFit.Sweeps.Store;

/// <summary>
/// The store cannot be used: full, read-only, damaged, held by another process. The message is one sentence with the path
/// and the mend. What was recorded before stays recorded.
/// </summary>
public sealed class StoreException(string message, Exception? cause = null) : IOException(message, cause);
