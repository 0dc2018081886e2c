namespace AdvFit.Messages.Json;

/// <summary>
/// A value, or the reason in words why there is none. A property of this kind becomes the value under its name; or null,
/// and the reason under the name with <c>Reason</c> added; or, where it is null itself, nothing.
/// </summary>
public interface IValueOrReason
{
    /// <summary>The value; null where there is none.</summary>
    object? ValueOrNull { get; }

    /// <summary>Why there is no value; null where there is one.</summary>
    string? Reason { get; }
}
