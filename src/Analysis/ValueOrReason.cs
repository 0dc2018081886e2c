using System.Diagnostics.CodeAnalysis;
using AdvFit.Messages.Json;

namespace AdvFit.Analysis;

/// <summary>
/// A value, or the reason in words why there is none. Results never hold NaN or an infinity: where the data do not
/// define a number, they say so.
/// </summary>
public sealed record ValueOrReason<T> : IValueOrReason where T : notnull
{
    private readonly T? value;

    internal ValueOrReason(T value) => this.value = value;

    internal ValueOrReason(string reason) => Reason = reason;

    /// <summary>Why there is no value, as the second half of a sentence; null where there is one.</summary>
    public string? Reason { get; }

    [MemberNotNullWhen(false, nameof(Reason))]
    public bool HasValue => Reason is null;

    /// <exception cref="InvalidOperationException">There is none; the message is the reason.</exception>
    public T Value => HasValue ? value! : throw new InvalidOperationException($"There is no value: {Reason}.");

    object? IValueOrReason.ValueOrNull => HasValue ? value : null;

    /// <summary>The same reason, or what <paramref name="select"/> makes of the value.</summary>
    public ValueOrReason<TResult> Select<TResult>(Func<T, TResult> select) where TResult : notnull =>
        HasValue ? new ValueOrReason<TResult>(select(Value)) : ValueOrReason.Absent<TResult>(Reason);
}

/// <summary>Makes <see cref="ValueOrReason{T}"/> of values and reasons.</summary>
public static class ValueOrReason
{
    public static ValueOrReason<T> Of<T>(T value) where T : notnull => new(value);

    public static ValueOrReason<T> Absent<T>(string reason) where T : notnull => new(reason: reason);
}
