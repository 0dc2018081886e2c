using System.Globalization;
using AdvFit.Messages;
using AdvFit.Messages.Fields;

namespace AdvFit.Sweeps.Tests.Spec;

/// <summary>The table of a spec's fields in the documentation, made of what the records of a spec declare.</summary>
internal static class SpecDocs
{
    /// <summary>Whether the YAML must have a field where it has the section that the field is in.</summary>
    public static bool IsRequired(SpecField field) =>
        field != SpecFields.Classifier && !field.Field.IsNullable && DefaultOf(field, Classifiers.Cnn) is null;

    /// <summary>What a field is where the YAML leaves it out; null where it has to be given.</summary>
    public static object? DefaultOf(SpecField field, string classifier)
    {
        if (field == SpecFields.Classifier)
        {
            return Classifiers.Cnn;
        }

        var top = (field.Section ?? field.Field).Name;
        var value = RecordFields.Of<SpecDefaults>().FirstOrDefault(other => other.Name == top)?.Of(SpecDefaults.For(classifier));
        value = value is not null && field.Section is not null ? field.Field.Of(value)
            : field is { Section: { } section, Field.IsRequired: false } ? field.Field.Of(Blank(section.Type))
            : value;
        return value is Enum ? field.Field.Choices[(int)value] : value;
    }

    public static string Table() => string.Join('\n',
    [
        "| Field | Values | Default | Meaning | Changing it |",
        "| --- | --- | --- | --- | --- |",
        .. SpecFields.All
            .OrderBy(field => SpecFields.Keys.IndexOf(field.YamlSection.Length > 0 ? field.YamlSection : field.Key))
            .Select(field => $"| `{field.YamlPath}` | {Values(field)} | {Default(field)} | {field.Field.Meaning} | {Changing(field)} |"),
    ]);

    /// <summary>A record with the defaults that it gives itself.</summary>
    private static object Blank(Type record) => RecordFields.Create(
        record, RecordFields.Of(record).Where(field => field.IsRequired).ToDictionary(field => field.Name, _ => (object?)0));

    private static string Values(SpecField field) => field.Field switch
    {
        { Name: "network" } => "the name of a network",
        { Name: "attacks" } => "a list",
        { Choices.Count: > 0 } choice => string.Join(", ", choice.Choices.Select(word => $"`{word}`")),
        { Type: var type } when type == typeof(string) => field.Field.BrokenRule("!") ?? "text",
        { Type: var type } when type == typeof(double) => Range(field.Field, "number"),
        { Type: var type } when type == typeof(bool) => "`true`, `false`",
        { Type: var type } when type == typeof(ulong) => $"whole number, 0 to {ulong.MaxValue}",
        _ => Range(field.Field, field.Field.Attribute<OddAttribute>() is null ? "whole number" : "odd whole number"),
    };

    private static string Range(RecordField field, string kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kind}, {(field.MinimumIsExclusive ? "above " : "")}{field.Minimum}")
        + (field.Maximum is double.PositiveInfinity ? field.MinimumIsExclusive ? "" : " or more"
            : string.Create(CultureInfo.InvariantCulture, $" to {(field.MaximumIsExclusive ? "below " : "")}{field.Maximum}"));

    private static string Default(SpecField field)
    {
        var (cnn, knn) = (DefaultOf(field, Classifiers.Cnn), DefaultOf(field, Classifiers.Knn));
        return field is { Section: null, Field.IsNullable: true } ? "none"
            : cnn is null ? "required" + (field.Section is null ? "" : $" in `{field.YamlSection}`")
            : cnn is bool flag ? flag ? "`true`" : "`false`"
            : string.Create(CultureInfo.InvariantCulture, $"`{cnn}`")
                + (cnn.Equals(knn) ? "" : string.Create(CultureInfo.InvariantCulture, $"; `{knn}` with k-NN"));
    }

    private static string Changing(SpecField field) => field.Change switch
    {
        SpecChange.Extends => "extends the sweep",
        SpecChange.BeginsAnew => "begins another sweep",
        _ => "changes no result",
    };
}
