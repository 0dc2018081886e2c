namespace AdvFit.Api;

/// <summary>
/// Nobody can answer just now: no coordinator leads, or the database is away. Nothing was done that could not be asked for
/// again. The message is one sentence for a person.
/// </summary>
public sealed class ServiceUnavailableException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>When it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
