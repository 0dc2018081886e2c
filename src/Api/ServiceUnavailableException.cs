namespace AdvFit.Api;

/// <summary>
/// The cluster cannot answer just now: no coordinator leads, or the database is away. It is safe to ask again. The message is
/// one sentence for a person.
/// </summary>
public sealed class ServiceUnavailableException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How long to wait before a retry.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
