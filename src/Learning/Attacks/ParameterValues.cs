using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Messages.Fields;

namespace AdvFit.Learning.Attacks;

/// <summary>The parameters of an attack as numbers by name; a flag is 0 or 1.</summary>
public static class ParameterValues
{
    /// <summary>Says what is wrong with a value for a parameter; null where it is allowed.</summary>
    public static string? Refuse(this RecordField parameter, double value)
    {
        var (least, most) = parameter.Type == typeof(bool) ? (0, 1) : (parameter.Minimum, parameter.Maximum);
        var isOfType = double.IsFinite(value) && (parameter.Type == typeof(double) || value == Math.Truncate(value));
        if (isOfType && value >= least && value <= most)
        {
            return null;
        }

        var allowed = parameter.Type == typeof(bool) ? "0 (no) or 1 (yes)"
            : parameter.Type == typeof(int) ? $"a whole number from {least} to {most}"
            : $"a number from {least} to {most}";
        return $"{parameter.Name} must be {allowed}, but is {value}";
    }

    /// <summary>The numbers that a record of parameters holds.</summary>
    internal static ImmutableSortedDictionary<string, double> Of<TParameters>(TParameters parameters)
        where TParameters : notnull => RecordFields.Of<TParameters>().ToImmutableSortedDictionary(
            field => field.Name, field => Convert.ToDouble(field.Of(parameters), CultureInfo.InvariantCulture),
            StringComparer.Ordinal);

    /// <summary>The record of parameters that holds these numbers, and its defaults for those that are missing.</summary>
    internal static TParameters Read<TParameters>(IReadOnlyDictionary<string, double> values)
    {
        var given = RecordFields.Of<TParameters>().Where(field => values.ContainsKey(field.Name));
        return RecordFields.Create<TParameters>(given.ToDictionary(
            field => field.Name,
            field => (object?)Convert.ChangeType(values[field.Name], field.Type, CultureInfo.InvariantCulture)));
    }
}
