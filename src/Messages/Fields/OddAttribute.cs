using System.ComponentModel.DataAnnotations;

namespace AdvFit.Messages.Fields;

/// <summary>Allows only odd whole numbers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OddAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is int number && int.IsOddInteger(number);
}
