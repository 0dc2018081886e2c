namespace AdvFit.Api.Client;

/// <summary>
/// A server cannot be used: it is not reachable, not ready, or none of AdvFit. The message is one sentence with its address and
/// the mend.
/// </summary>
public sealed class ServerException(string message, Exception? cause = null) : IOException(message, cause);
