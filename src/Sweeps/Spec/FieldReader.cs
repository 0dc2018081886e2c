using System.Globalization;
using AdvFit.Messages.Fields;

namespace AdvFit.Sweeps.Spec;

/// <summary>Reads the values of a record's fields, as the types and attributes of the fields say.</summary>
internal static class FieldReader
{
    /// <summary>Values by the names of the fields; those that may be missing, and are, are left out.</summary>
    public static Dictionary<string, object?> Read(SpecSection section, IEnumerable<RecordField> fields) => fields
        .Where(field => field.IsRequired || section.Has(field.Name))
        .ToDictionary(field => field.Name, field => (object?)(Read(section, field, field.Name) ?? StandIn(field)));

    /// <summary>The value of one field; null after saying that it is missing or none of the words that it may be.</summary>
    public static object? Read(SpecSection section, RecordField field, string key)
    {
        var value = ReadWithinRange(section, field, key);
        if (value is not null && field.BrokenRule(value) is { } rule)
        {
            section.Refuse(key, string.Create(CultureInfo.InvariantCulture, $"`{key}` must be {rule}, not `{value}`"));
        }

        return value;
    }

    private static object? ReadWithinRange(SpecSection section, RecordField field, string key)
    {
        var (minimum, maximum) = (field.Minimum ?? double.MinValue, field.Maximum ?? double.MaxValue);
        return field.Type switch
        {
            _ when field.Choices.Count > 0 => section.Choice(key, field.Choices) is { } word ? Chosen(field, word) : null,
            var type when type == typeof(string) => section.Text(key),
            var type when type == typeof(bool) => section.Flag(key),
            var type when type == typeof(ulong) => section.Whole(key, ulong.MinValue, ulong.MaxValue),
            // Each boxed as what it is: the branches of a conditional expression would become one type of number.
            var type when type == typeof(int) => (object)section.Whole(
                key, (int)Math.Max(minimum, int.MinValue), (int)Math.Min(maximum, int.MaxValue)),
            _ => section.Real(
                key,
                value => (field.MinimumIsExclusive ? value > minimum : value >= minimum)
                    && (field.MaximumIsExclusive ? value < maximum : value <= maximum),
                InWords(field, minimum, maximum)),
        };
    }

    private static object StandIn(RecordField field) => field.Choices.Count > 0 ? Chosen(field, field.Choices[0]) : "";

    private static object Chosen(RecordField field, string word) => field.Type.IsEnum
        ? Enum.GetValues(field.Type).GetValue(field.Choices.ToList().IndexOf(word))!
        : word;

    private static string InWords(RecordField field, double minimum, double maximum)
    {
        var (least, most) = (minimum.ToString(CultureInfo.InvariantCulture), maximum.ToString(CultureInfo.InvariantCulture));
        return !double.IsPositiveInfinity(maximum)
            ? $"{(field.MinimumIsExclusive ? "above" : "from")} {least} to {(field.MaximumIsExclusive ? "below " : "")}{most}"
            : field.MinimumIsExclusive ? $"above {least}" : $"of at least {least}";
    }
}
